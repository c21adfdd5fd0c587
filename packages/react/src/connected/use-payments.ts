import type { ItemRow } from '@recon/client'
import { useCallback } from 'react'
import type { PaymentActions, PaymentChoice } from '../match-tabs/use-match-tabs.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { useConnection } from './client-root.tsx'
import { useDecidedWrite } from './use-decided-write.ts'
import { type DeskOptions, useDesk } from './use-desk.ts'
import { useDeskActions } from './use-desk-actions.ts'

const mostAtOnce = 1000

/** The payments of the latest run (or of the one named), what may be done with each, and the deposits to choose from. */
export function usePayments(options: DeskOptions) {
  const { client, announce } = useConnection()
  const { messages } = useRecon()
  const desk = useDesk(options)
  const actions = useDeskActions({ desk, settings: options.settings })
  const { pending, write } = useDecidedWrite(desk.refreshAll)

  const actionsFor = (row: WorkItem): PaymentActions => {
    const loaded = row as ItemRow
    const allowed = actions.reconcileActions(loaded)(null)
    return {
      reconcile: allowed.reconcile
        ? (bankLineIds) => actions.reconcileRecords(loaded, bankLineIds, row.item.bookEntryIds)
        : null,
      reconcileWithReference: allowed.reconcileWithReference ?? null,
      markUnreceived: allowed.markUnreceived ?? null,
      revert: allowed.revert ?? null,
    }
  }

  /** Unique matches go together, a thousand at a time; a deposit that a person chose is linked by itself. */
  const reconcileSelection = async (choices: readonly PaymentChoice[]) => {
    const together = choices.filter(isUniqueMatch)
    for (const { row, bankLineIds } of choices) {
      if (!together.some((choice) => choice.row === row)) {
        actions.reconcileRecords(row as ItemRow, bankLineIds, row.item.bookEntryIds)
      }
    }
    for (let start = 0; start < together.length; start += mostAtOnce) {
      const items = together.slice(start, start + mostAtOnce).map(({ row: { item } }) => ({
        id: item.id,
        version: item.version,
      }))
      const went = await write(
        () => client.items.actOnMany({ action: 'confirm', items }),
        ({ done, refused }) => {
          const events = done.map((one) => one.eventId)
          const [first] = refused
          if (first !== undefined) {
            announce({ words: messages.done.someRefused(refused.length, first.message), tone: 'danger' })
          }
          if (events.length > 0) {
            announce({
              words: messages.done.reconciled(done.length),
              undo: () => void events.reduce((before, id) => before.then(() => actions.undo(id)), Promise.resolve()),
            })
          }
          return null
        },
      )
      if (!went) return
    }
  }

  const searchDeposits = useCallback(
    async (search: string) => {
      const found = await client.records.bankLines({ open: true, limit: 200, ...(search === '' ? {} : { search }) })
      return found.rows
    },
    [client],
  )
  return {
    run: desk.run,
    rows: desk.rows.filter((row) => row.item.perspective === 'BOOK'),
    state: desk.state,
    pending: pending || actions.pending,
    actionsFor,
    reconcileSelection: pending ? null : (choices: readonly PaymentChoice[]) => void reconcileSelection(choices),
    searchDeposits,
  }
}

function isUniqueMatch({ row, bankLineIds }: PaymentChoice): boolean {
  return row.item.bucket === 'UNIQUE' && row.item.matches[0]?.bankLineIds.join() === bankLineIds.join()
}
