import type { CollectionsServices } from '../collections/collections-services.ts'
import { adjustAccount, closeStatement, listStatements } from '../use-cases/close-statement.ts'
import { listRemittances, moveRemittanceByHand } from '../use-cases/list-remittances.ts'
import { getPlacement, listPlacements, placeInvoice } from '../use-cases/place-invoice.ts'
import { actOnPlacement, recordPayment, reinstatePayment, reversePayment } from '../use-cases/record-recovery.ts'
import { listCreditors, saveCreditor } from '../use-cases/save-creditor.ts'
import {
  explainDriftOf,
  getSyncEntry,
  listDrifts,
  listSyncLog,
  orderDriftCheck,
  retryWriteback,
} from '../use-cases/sync-books.ts'
import type { Handlers } from './handlers.ts'

/** The routes of the collections business. */
export function collectionsHandlers(services: CollectionsServices): Pick<Handlers, 'collections'> {
  return {
    collections: {
      saveCreditor: ({ unit, input }) => saveCreditor(unit, input),
      creditors: ({ unit, input }) => listCreditors(unit, input),
      place: ({ unit, input }) => placeInvoice(unit, input, services),
      placements: ({ unit, input }) => listPlacements(unit, input),
      placement: ({ unit, input }) => getPlacement(unit, input.placementId, services),
      recordPayment: ({ unit, input }) => recordPayment(unit, input, services),
      reverse: ({ unit, input }) => reversePayment(unit, input, services),
      reinstate: ({ unit, input }) => reinstatePayment(unit, input, services),
      act: ({ unit, input }) => actOnPlacement(unit, input, services),
      remittances: ({ unit, input }) => listRemittances(unit, input),
      moveRemittance: ({ unit, input }) => moveRemittanceByHand(unit, input),
      syncLog: ({ unit, input }) => listSyncLog(unit, input),
      syncEntry: ({ unit, input }) => getSyncEntry(unit, input.mappingId),
      drifts: ({ unit, input }) => listDrifts(unit, input),
      retryWriteback: ({ unit, input }) => retryWriteback(unit, input),
      checkDrift: ({ unit, input }) => orderDriftCheck(unit, input.placementId),
      explainDrift: ({ unit, input }) => explainDriftOf(unit, input),
      adjust: ({ unit, input }) => adjustAccount(unit, input),
      closeStatement: ({ unit, input }) => closeStatement(unit, input),
      statements: ({ unit, input }) => listStatements(unit, input.creditorId),
    },
  }
}
