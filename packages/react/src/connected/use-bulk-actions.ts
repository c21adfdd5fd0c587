import type { Client, ItemRow } from '@recon/client'
import { useRecon } from '../recon-root/recon-context.ts'
import { isSelected } from '../transaction-list/queue-selection.ts'
import type { BulkActions, BulkTarget } from '../transaction-list/use-transaction-list.ts'
import { useConnection } from './client-root.tsx'
import { type Desk, failureText } from './use-desk.ts'
import type { DeskActions } from './use-desk-actions.ts'

type ManyRequest = Parameters<Client['items']['actOnMany']>[0]
const largestNamed = 1000
const working = ['OPEN', 'AP_ESCALATIONS', 'FLAGGED', 'AWAITING_JOURNAL', 'AGED', 'RECONCILED'] as const

/** Bulk actions over the selected rows, or over everything the filter gives; each row is decided by itself. */
export function useBulkActions(desk: Desk, actions: DeskActions): BulkActions {
  const { client, announce } = useConnection()
  const { messages } = useRecon()

  const run = async (
    action: ManyRequest['action'],
    target: BulkTarget,
    done: 'reconciled' | 'flagged' | 'escalated',
  ): Promise<void> => {
    try {
      const answer = await client.items.actOnMany({
        action,
        reason: messages.action[action === 'confirm' ? 'reconcile' : 'flag'],
        ...scopeOf(target, desk.rows, desk.runId),
      })
      if (!answer.ok) return announce({ words: messages.frame.refused(answer.refusal.message), tone: 'danger' })
      const { done: changed, refused } = answer.value
      const events = changed.map((one) => one.eventId)
      if (changed.length > 0) {
        announce({
          words: messages.done[done](changed.length),
          undo: () => void events.reduce((before, id) => before.then(() => actions.undo(id)), Promise.resolve()),
        })
      }
      const [first] = refused
      if (first !== undefined) {
        announce({ words: messages.done.someRefused(refused.length, first.message), tone: 'danger' })
      }
      desk.refreshAll()
    } catch (error) {
      announce({ words: messages.frame.refused(failureText(error)), tone: 'danger' })
    }
  }

  return {
    reconcile: (target) => void run('confirm', target, 'reconciled'),
    flag: (target) => void run('flag', target, 'flagged'),
    escalate: (target) => void run('escalate', target, 'escalated'),
  }
}

/** Named rows where they fit into one request; otherwise the filter, with the number the person saw. */
function scopeOf(
  target: BulkTarget,
  rows: readonly ItemRow[],
  runId: string | undefined,
): Pick<ManyRequest, 'items' | 'filter' | 'expected'> {
  const named = rows.filter((row) => target.selection.kind === 'NAMED' && isSelected(target.selection, row.item.id))
  if (target.selection.kind === 'NAMED' && named.length <= largestNamed) {
    return { items: named.map((row) => ({ id: row.item.id, version: row.item.version })) }
  }
  const { filter, search } = target.query
  const queue = working.find((name) => name === filter)
  const scenario = filter === 'ALL' || queue !== undefined ? undefined : filter
  return {
    filter: {
      ...(runId === undefined ? {} : { runId }),
      ...(queue === undefined ? {} : { queue }),
      ...(scenario === undefined ? {} : { scenario: scenario as ItemRow['item']['scenario'] }),
      ...(search === '' ? {} : { search }),
    },
    expected: target.count,
  }
}
