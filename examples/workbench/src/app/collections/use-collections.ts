import type { PlacementDetail } from '@recon/client'
import { useRecon } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'

interface Refusable {
  readonly ok: boolean
  readonly refusal?: { readonly message: string }
}

/** Placements with their rows, the creditors they belong to, and what can be done. */
export function useCollections() {
  const { client, store, announce } = useConnection()
  const { messages } = useRecon()
  const creditors = useQuery(store, 'collections/creditors', () => client.collections.creditors({ limit: 100 }))
  const placements = useQuery(store, 'collections/placements', async () => {
    const { rows } = await client.collections.placements({ limit: 100 })
    return Promise.all(rows.map(({ id }) => client.collections.placement({ placementId: id })))
  })
  const remittances = useQuery(store, 'collections/remittances', () => client.collections.remittances({ limit: 200 }))
  const perform = async (work: () => Promise<Refusable>, words: string) => {
    try {
      const answer = await work()
      if (answer.ok) announce({ words, tone: 'good' })
      else announce({ words: messages.frame.refused(answer.refusal?.message ?? ''), tone: 'danger' })
    } catch (error) {
      announce({
        words: messages.frame.refused(error instanceof Error ? error.message : String(error)),
        tone: 'danger',
      })
    }
    store.refresh('collections/')
  }
  return {
    placements: placements.data,
    remittances: remittances.data?.rows,
    creditorName: (id: string) => creditors.data?.rows.find((creditor) => creditor.id === id)?.name ?? id,
    creditors: creditors.data?.rows ?? [],
    recordPayment: (placement: PlacementDetail, amount: string) =>
      perform(
        () =>
          client.collections.recordPayment({
            placementId: placement.id,
            paymentId: crypto.randomUUID(),
            amount: { amount, currency: placement.invoiceAmount.currency },
            occurredAt: new Date().toISOString(),
          }),
        'Payment recorded, its fee at the rate of this moment.',
      ),
    act: (placement: PlacementDetail, action: 'closeUncollected' | 'recall') =>
      perform(
        () => client.collections.act({ placementId: placement.id, version: placement.version, do: { action } }),
        action === 'recall' ? 'Recalled.' : 'Closed.',
      ),
  }
}
