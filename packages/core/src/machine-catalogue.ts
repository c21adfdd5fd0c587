import { placementMachine } from './collections/placement-machine.ts'
import { remittanceMachine } from './collections/remittance-machine.ts'
import { depositSourceMachine } from './deposits/deposit-source-machine.ts'
import { clientResponseMachine } from './portal/client-response-machine.ts'
import { dispatchMachine } from './portal/dispatch.ts'
import { magicLinkMachine } from './portal/magic-link.ts'
import { outboxMessageMachine } from './portal/outbox-message.ts'
import { portalSessionMachine } from './portal/portal-session.ts'
import { unreconciledItemMachine } from './portal/unreconciled-item-machine.ts'
import { accountingPeriodMachine } from './proof/period-lock.ts'
import { makerCheckerMachine } from './review/maker-checker.ts'
import { matchDecisionMachine } from './review/match-decision.ts'
import { reviewItemMachine } from './review/review-item-machine.ts'
import { runMachine } from './review/run-machine.ts'
import { bankLineMachine } from './tentative/bank-line-machine.ts'
import { certaintyMachine } from './tentative/certainty.ts'
import {
  expectedPaymentMachine,
  incomingPaymentDetailMachine,
  paperItemMachine,
  paymentOrderMachine,
  returnMachine,
} from './tentative/transactable-machines.ts'
import type { Machine } from './transition-table.ts'
import { driftMachine } from './writeback/drift.ts'
import { writebackMappingMachine } from './writeback/writeback-mapping.ts'

/** Every machine of the library, in the order the documents show them. */
export const machines: readonly Machine[] = [
  reviewItemMachine,
  matchDecisionMachine,
  makerCheckerMachine,
  runMachine,
  unreconciledItemMachine,
  clientResponseMachine,
  dispatchMachine,
  magicLinkMachine,
  portalSessionMachine,
  outboxMessageMachine,
  depositSourceMachine,
  bankLineMachine,
  certaintyMachine,
  paymentOrderMachine,
  expectedPaymentMachine,
  paperItemMachine,
  returnMachine,
  incomingPaymentDetailMachine,
  placementMachine,
  remittanceMachine,
  writebackMappingMachine,
  driftMachine,
  accountingPeriodMachine,
]
