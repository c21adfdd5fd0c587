import type { ItemActionRequest, ItemRow } from '@recon/client'
import { type ItemActions, itemActions, reviewContext } from '@recon/core'
import { useRecon } from '@recon/react'
import { useConnection, useDesk } from '@recon/react/connected'
import { useState } from 'react'

export const paymentTabs = ['UNIQUE', 'PARTIAL', 'NO_MATCH', 'RECONCILED', 'UNRECEIVED'] as const
export type PaymentTab = (typeof paymentTabs)[number]

export function tabOf({ item }: ItemRow): PaymentTab {
  return item.status === 'RECONCILED' || item.status === 'UNRECEIVED' ? item.status : item.bucket
}

/** Payments against deposits: the rows by tab, and what may be done with each as the rules of the core say. */
export function usePaymentsDesk() {
  const desk = useDesk({})
  const { client, announce } = useConnection()
  const { messages, now } = useRecon()
  const [busy, setBusy] = useState(false)
  const { actor } = desk

  const actionsOf = (row: ItemRow): ItemActions | null => {
    if (actor === null) return null
    const context = reviewContext({
      now: new Date(now ?? 0).toISOString(),
      bankLines: row.bankLines,
      bookEntries: row.bookEntries,
      settings: row.settings ?? {},
    })
    return itemActions(row.item, actor, context)
  }

  const guarded = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      announce({
        words: messages.frame.refused(error instanceof Error ? error.message : String(error)),
        tone: 'danger',
      })
    } finally {
      setBusy(false)
      desk.refreshAll()
    }
  }

  const undo = (eventIds: readonly string[]) => () =>
    void guarded(async () => {
      for (const eventId of eventIds) await client.activity.undo({ eventId })
      announce({ words: messages.done.undone })
    })

  const act = (row: ItemRow, request: ItemActionRequest, words: string) =>
    void guarded(async () => {
      const answer = await client.items.act({ itemId: row.item.id, version: row.item.version, do: request })
      if (!answer.ok) return announce({ words: messages.frame.refused(answer.refusal.message), tone: 'danger' })
      announce({ words, undo: undo([answer.value.event.id]) })
    })

  const confirmMany = (rows: readonly ItemRow[]) =>
    void guarded(async () => {
      const items = rows.map(({ item }) => ({ id: item.id, version: item.version }))
      const answer = await client.items.actOnMany({ action: 'confirm', items })
      if (!answer.ok) return announce({ words: messages.frame.refused(answer.refusal.message), tone: 'danger' })
      const { done, refused } = answer.value
      announce({ words: messages.done.reconciled(done.length), undo: undo(done.map((one) => one.eventId)) })
      const [first] = refused
      if (first !== undefined)
        announce({ words: messages.done.someRefused(refused.length, first.message), tone: 'danger' })
    })

  return { ...desk, busy, actionsOf, act, confirmMany }
}

export type PaymentsDesk = ReturnType<typeof usePaymentsDesk>
