import type { ItemActionRequest, ItemRow } from '@recon/client'
import {
  type Decision,
  type ItemActions,
  type ItemOutcome,
  type ItemSelection,
  itemActions,
  ReconError,
  type ReviewSettings,
  reviewContext,
} from '@recon/core'
import { useCallback, useRef, useState } from 'react'
import type { Messages } from '../messages/messages.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { JournalEntry, ReconcileActions } from '../reconcile-modal/use-reconcile.ts'
import type { RowActions } from '../transaction-list/row-actions.ts'
import { useConnection } from './client-root.tsx'
import { type Desk, failureText } from './use-desk.ts'

/** What the core would make of an action, shown until the host answers. */
type Preview = (actions: ItemActions) => Decision<ItemOutcome> | null
type Done = keyof Messages['done'] &
  (
    | 'reconciled'
    | 'approvalDeclined'
    | 'approvalReopened'
    | 'released'
    | 'flagged'
    | 'escalated'
    | 'reverted'
    | 'held'
    | 'unreceived'
    | 'batchClosed'
    | 'journalRecorded'
    | 'rejected'
  )

export interface DeskActionsOptions {
  readonly desk: Desk
  readonly settings?: Partial<ReviewSettings> | undefined
  readonly onDone?: () => void
}

/**
 * Acts on items: shown at once as the core decides it, then confirmed by the host or rolled back with the reason. What is
 * possible comes from core's `itemActions` alone.
 */
export function useDeskActions({ desk, settings, onDone }: DeskActionsOptions) {
  const { client, store, announce } = useConnection()
  const { messages, now } = useRecon()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const { actor, rowsKey, refreshFigures } = desk
  const running = useRef(new Set<string>())

  const actionsOf = useCallback(
    (row: ItemRow, selection: ItemSelection | null): ItemActions | null => {
      if (actor === null) return null
      const context = reviewContext({
        now: new Date(now ?? 0).toISOString(),
        bankLines: row.bankLines,
        bookEntries: row.bookEntries,
        settings: { ...row.settings, ...settings },
        ...(selection === null ? {} : { selection }),
      })
      return itemActions(row.item, actor, context)
    },
    [actor, now, settings],
  )

  const put = useCallback(
    (rows: readonly ItemRow[]) => {
      if (rowsKey === null) return
      const changed = new Map(rows.map((row) => [row.item.id, row]))
      store.patch<{ rows: readonly ItemRow[]; total: number }>(rowsKey, (data) => {
        const known = new Set(data.rows.map((row) => row.item.id))
        const added = rows.filter((row) => !known.has(row.item.id))
        return { ...data, rows: [...data.rows.map((row) => changed.get(row.item.id) ?? row), ...added] }
      })
    },
    [rowsKey, store],
  )

  const undo = useCallback(
    async (eventId: string) => {
      try {
        const answer = await client.activity.undo({ eventId })
        if (!answer.ok) return announce({ words: messages.frame.refused(answer.refusal.message), tone: 'danger' })
        put(answer.value.rows)
        announce({ words: messages.done.undone })
        desk.refreshAll()
      } catch (error) {
        announce({ words: messages.frame.refused(failureText(error)), tone: 'danger' })
      }
    },
    [client, announce, messages, put, desk],
  )

  const act = useCallback(
    async (row: ItemRow, request: ItemActionRequest, done: Done, preview: Preview) => {
      const { id, version } = row.item
      if (running.current.has(id)) return
      const actions = actionsOf(row, null)
      const foreseen = actions === null ? null : preview(actions)
      if (foreseen?.ok) put([{ ...row, item: foreseen.value.item as ItemRow['item'] }])
      running.current.add(id)
      setPending(true)
      setRefusal(null)
      const giveBack = (reason: string) => {
        put([row])
        setRefusal(reason)
        announce({ words: messages.frame.refused(reason), tone: 'danger' })
      }
      try {
        const answer = await client.items.act({ itemId: id, version, do: request })
        if (!answer.ok) return giveBack(answer.refusal.message)
        put([answer.value.row, ...answer.value.alsoChanged])
        const eventId = answer.value.event.id
        const count = done === 'batchClosed' ? row.bankLineCount : 1
        announce({ words: messages.done[done](count), undo: () => void undo(eventId) })
        refreshFigures()
        onDone?.()
      } catch (error) {
        giveBack(failureText(error))
        if (ReconError.is(error) && error.code === 'VERSION_CONFLICT') desk.refreshAll()
      } finally {
        running.current.delete(id)
        setPending(false)
      }
    },
    [actionsOf, put, client, announce, messages, undo, refreshFigures, onDone, desk],
  )

  const reason = messages.action.flag
  /** The dialog's actions for a selection. */
  const reconcileActions =
    (row: ItemRow) =>
    (selection: ItemSelection | null): ReconcileActions => {
      const allowed = actionsOf(row, selection)
      if (allowed === null) return {}
      const when = <Run>(possible: unknown, run: Run): Run | null => (possible === null ? null : run)
      return {
        reconcile: when(
          allowed.reconcile,
          ({ bookEntryIds }) =>
            void act(
              row,
              { action: 'reconcile', bookEntryIds: [...bookEntryIds] },
              'reconciled',
              (actions) => actions.reconcile?.({ bookEntryIds }) ?? null,
            ),
        ),
        flag: when(
          allowed.flag,
          () => void act(row, { action: 'flag', reason }, 'flagged', (actions) => actions.flag?.({ reason }) ?? null),
        ),
        unflag: when(
          allowed.unflag,
          () => void act(row, { action: 'unflag' }, 'reverted', (actions) => actions.unflag?.({}) ?? null),
        ),
        escalate: when(
          allowed.escalate,
          () => void act(row, { action: 'escalate' }, 'escalated', (actions) => actions.escalate?.({}) ?? null),
        ),
        withdrawEscalation: when(
          allowed.withdrawEscalation,
          () =>
            void act(
              row,
              { action: 'withdrawEscalation' },
              'reverted',
              (actions) => actions.withdrawEscalation?.({}) ?? null,
            ),
        ),
        approve: when(
          allowed.approve,
          () => void act(row, { action: 'approve' }, 'reconciled', (actions) => actions.approve?.({}) ?? null),
        ),
        declineApproval: when(
          allowed.declineApproval,
          (why: string) =>
            void act(
              row,
              { action: 'declineApproval', reason: why },
              'approvalDeclined',
              (actions) => actions.declineApproval?.({ reason: why }) ?? null,
            ),
        ),
        reopenApproval: when(
          allowed.reopenApproval,
          () =>
            void act(
              row,
              { action: 'reopenApproval' },
              'approvalReopened',
              (actions) => actions.reopenApproval?.({}) ?? null,
            ),
        ),
        releaseJournal: when(
          allowed.releaseJournal,
          () =>
            void act(row, { action: 'releaseJournal' }, 'released', (actions) => actions.releaseJournal?.({}) ?? null),
        ),
        withdrawJournal: when(
          allowed.withdrawJournal,
          (why: string) =>
            void act(
              row,
              { action: 'withdrawJournal', reason: why },
              'released',
              (actions) => actions.withdrawJournal?.({ reason: why }) ?? null,
            ),
        ),
        awaitJournal: when(
          allowed.awaitJournal,
          () => void act(row, { action: 'awaitJournal' }, 'held', (actions) => actions.awaitJournal?.({}) ?? null),
        ),
        recordJournal: when(
          allowed.recordJournal,
          (journal: JournalEntry) =>
            void act(
              row,
              { action: 'recordJournal', ...journal },
              'journalRecorded',
              (actions) => actions.recordJournal?.(journal) ?? null,
            ),
        ),
        reconcileWithReference: when(
          allowed.reconcileWithReference,
          (reference: string) =>
            void act(
              row,
              { action: 'reconcileWithReference', reference },
              'reconciled',
              (actions) => actions.reconcileWithReference?.({ reference }) ?? null,
            ),
        ),
        markUnreceived: when(
          allowed.markUnreceived,
          () =>
            void act(
              row,
              { action: 'markUnreceived' },
              'unreceived',
              (actions) => actions.markUnreceived?.({}) ?? null,
            ),
        ),
        revert: when(
          allowed.revert,
          () => void act(row, { action: 'revert' }, 'reverted', (actions) => actions.revert?.({}) ?? null),
        ),
      }
    }

  /** Links exactly these records, whatever side the item is seen from. */
  const reconcileRecords = (row: ItemRow, bankLineIds: readonly string[], bookEntryIds: readonly string[]) =>
    void act(
      row,
      { action: 'reconcile', bankLineIds: [...bankLineIds], bookEntryIds: [...bookEntryIds] },
      'reconciled',
      (actions) => actions.reconcile?.({ bankLineIds, bookEntryIds }) ?? null,
    )

  const byId = (id: string, then: (row: ItemRow) => void) => {
    const row = desk.rows.find((known) => known.item.id === id)
    if (row !== undefined) then(row)
  }
  const confirm = (id: string) =>
    byId(id, (row) => void act(row, { action: 'confirm' }, 'reconciled', (actions) => actions.confirm?.({}) ?? null))
  const reject = (id: string, why: string) =>
    byId(
      id,
      (row) =>
        void act(
          row,
          { action: 'reject', reason: why },
          'rejected',
          (actions) => actions.reject?.({ reason: why }) ?? null,
        ),
    )

  const closeBatch = (row: ItemRow) => {
    if ((actionsOf(row, null)?.closeBatch ?? null) === null) return null
    return ({ bankLineIds, bookEntryIds }: ItemSelection) =>
      void act(
        row,
        { action: 'closeBatch', bankLineIds: [...bankLineIds], bookEntryIds: [...bookEntryIds] },
        'batchClosed',
        () => null,
      )
  }

  /** The list's one button per row: what core says to offer first, or opening the row. */
  const rowActions = (row: ItemRow, open: () => void): RowActions => {
    const first = actionsOf(row, null)?.first ?? null
    if (first === null) return {}
    const actions = reconcileActions(row)(null)
    return {
      review: open,
      flag: actions.flag ?? null,
      escalate: actions.escalate ?? null,
      awaitJournal: first === 'awaitJournal' ? (actions.awaitJournal ?? null) : null,
      recordJournal: first === 'recordJournal' ? open : null,
      closeBatch: first === 'closeBatch' ? open : null,
    }
  }

  return {
    pending,
    refusal,
    clearRefusal: () => setRefusal(null),
    reconcileActions,
    reconcileRecords,
    confirm,
    reject,
    closeBatch,
    rowActions,
    undo,
    put,
  }
}

export type DeskActions = ReturnType<typeof useDeskActions>
