import type { Client, ItemRow } from '@recon/client'
import { useCallback } from 'react'
import type { PaymentActions, PaymentChoice } from '../match-tabs/use-match-tabs.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { useDecidedWrite } from './use-decided-write.ts'
import { type Desk, type DeskOptions, queryState, useDesk } from './use-desk.ts'
import { useDeskActions } from './use-desk-actions.ts'

const mostAtOnce = 1000

/**
 * The payments of the desk (or of the run that is named), what may be done with each, and the deposits to choose from. Every
 * fetch is a run of its own: what an earlier one reconciled or was marked as unreceived stays on the desk.
 */
export function usePayments(options: DeskOptions) {
  const { client, announce } = useConnection()
  const { messages } = useRecon()
  const desk = useAllRuns(useDesk(options), options.runId === undefined)
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

const everyRun = 'items/payments'
const noRows: readonly ItemRow[] = []

/** The desk with the payments of all its runs in place of those of the latest. */
function useAllRuns(desk: Desk, wanted: boolean): Desk {
  const { client, store } = useConnection()
  const all = useQuery(store, wanted ? everyRun : null, (signal) => loadPayments(client, signal))
  if (!wanted || desk.empty || desk.state.kind === 'failed') return desk
  return { ...desk, rowsKey: everyRun, rows: all.data?.rows ?? noRows, state: queryState(all) }
}

async function loadPayments(client: Client, signal: AbortSignal) {
  const rows: ItemRow[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Client['items']['list']>> = await client.items.list(
      { perspective: 'BOOK', limit: 500, sort: 'severity', ...(cursor === null ? {} : { cursor }) },
      { signal },
    )
    rows.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor !== null)
  return { rows, total: rows.length }
}

function isUniqueMatch({ row, bankLineIds }: PaymentChoice): boolean {
  return row.item.bucket === 'UNIQUE' && row.item.matches[0]?.bankLineIds.join() === bankLineIds.join()
}
