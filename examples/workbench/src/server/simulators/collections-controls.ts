import { fromMinorUnits } from '@recon/core'
import { amountOf, centsOf, type PanelAction, PanelRefusal, type PanelRoom, textOf } from './panel-room.ts'

/** Stripe's payments and QuickBooks' invoices, as the outside world sees them. */
export async function collectionsFacts({ world, client }: PanelRoom) {
  const { stripe, quickbooks } = world.simulators
  const disputed = new Map([...stripe.disputes.values()].map((dispute) => [dispute.payment.id, dispute]))
  const { rows } = await client('collections').collections.placements({ limit: 100 })
  return {
    placements: rows.map(({ id, invoiceNumber, status, totals }) => ({
      id,
      invoiceNumber,
      status,
      outstanding: totals.outstanding,
    })),
    payments: [...stripe.payments.values()].reverse().map((payment) => {
      const dispute = disputed.get(payment.id)
      return {
        id: payment.id,
        placement: payment.metadata.placement ?? '',
        amount: fromMinorUnits(payment.amount, 'USD'),
        dispute: dispute === undefined ? null : { id: dispute.id, withdrawn: dispute.withdrawn },
      }
    }),
    invoices: [...quickbooks.invoices.values()].map(({ id, number, total, balance }) => ({
      id,
      number,
      total,
      balance,
    })),
    down: outages.has(quickbooks),
  }
}

const outages = new WeakSet<object>()

function debtorPays({ world }: PanelRoom, placement: string, amount: string): string {
  const id = world.simulators.stripe.succeedPayment({ amount: centsOf(amount), fee: 0n, metadata: { placement } })
  return `Stripe took ${amount} USD as ${id} and tells us twice.`
}

export const collectionsControls: Readonly<Record<string, PanelAction>> = {
  debtorPays: async (room, input) => debtorPays(room, textOf(input, 'placement'), amountOf(input, 'USD')),
  debtorDisputes: async ({ world }, input) => {
    const payment = textOf(input, 'payment')
    if (!world.simulators.stripe.payments.has(payment)) throw new PanelRefusal('There is no such payment.')
    const id = world.simulators.stripe.openDispute(payment)
    return `The bank took the money of ${payment} back: dispute ${id}.`
  },
  disputeWon: async ({ world }, input) => {
    const dispute = textOf(input, 'dispute')
    if (!world.simulators.stripe.disputes.has(dispute)) throw new PanelRefusal('There is no such dispute.')
    world.simulators.stripe.closeDispute(dispute, 'won')
    return `Dispute ${dispute} is won: the money is back.`
  },
  changeInvoice: async ({ world, client }, input) => {
    const id = textOf(input, 'invoice')
    const invoice = world.simulators.quickbooks.invoices.get(id)
    if (invoice === undefined) throw new PanelRefusal('There is no such invoice.')
    world.simulators.quickbooks.editInvoiceBalance(id, amountOf(input, 'USD'))
    // a host compares once a night; nobody wants to wait for it here
    const { rows } = await client('collections').collections.placements({ limit: 100 })
    for (const row of rows.filter((one) => one.invoiceId === id))
      await client('collections').collections.checkDrift({ placementId: row.id })
    return `Somebody changed the balance of ${invoice.number} in QuickBooks.`
  },
  quickbooksDown: async ({ world }, input) => {
    const { quickbooks } = world.simulators
    const down = input.on === true
    quickbooks.setOutage(down ? { status: 503 } : null)
    if (down) outages.add(quickbooks)
    else outages.delete(quickbooks)
    return down ? 'QuickBooks does not answer.' : 'QuickBooks answers again.'
  },
}
