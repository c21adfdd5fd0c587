import type { Money } from '@recon/core'
import { AmountControl, ControlGroup, type ControlsProps, listOf, moneyText, Switch } from './control-parts.tsx'

interface PlacementFact {
  readonly id: string
  readonly invoiceNumber: string
  readonly outstanding: Money
}

interface PaymentFact {
  readonly id: string
  readonly amount: Money
  readonly dispute: { readonly id: string; readonly withdrawn: boolean } | null
}

interface InvoiceFact {
  readonly id: string
  readonly number: string
  readonly balance: string
}

/** Stripe at one end, QuickBooks at the other. */
export function CollectionsControls({ facts, act }: ControlsProps) {
  const placements = listOf<PlacementFact>(facts, 'placements')
  const payments = listOf<PaymentFact>(facts, 'payments')
  const invoices = listOf<InvoiceFact>(facts, 'invoices')
  return (
    <>
      <ControlGroup title="Stripe">
        <AmountControl
          label="Placement"
          suggested="120.00"
          action="Debtor pays"
          choices={placements.map(({ id, invoiceNumber, outstanding }) => ({
            value: id,
            text: `${invoiceNumber}, open ${moneyText(outstanding)}`,
          }))}
          onAct={(amount, placement) => act('debtorPays', { amount, placement })}
        />
        <ul>
          {payments.slice(0, 6).map((payment) => (
            <li key={payment.id}>
              <span>
                {payment.id} {moneyText(payment.amount)}
              </span>
              <DisputeButton payment={payment} act={act} />
            </li>
          ))}
        </ul>
      </ControlGroup>
      <ControlGroup title="QuickBooks">
        <ul>
          {invoices.map(({ id, number, balance }) => (
            <li key={id}>
              <span>{number}</span>
              <span>open {balance}</span>
            </li>
          ))}
        </ul>
        <AmountControl
          label="Invoice"
          suggested="250.00"
          action="Change invoice in QuickBooks"
          choices={invoices.map(({ id, number }) => ({ value: id, text: number }))}
          onAct={(amount, invoice) => act('changeInvoice', { amount, invoice })}
        />
        <Switch label="QuickBooks is down" on={facts.down === true} onChange={(on) => act('quickbooksDown', { on })} />
      </ControlGroup>
    </>
  )
}

function DisputeButton({ payment, act }: { readonly payment: PaymentFact; readonly act: ControlsProps['act'] }) {
  const { dispute } = payment
  if (dispute === null) {
    return (
      <button type="button" onClick={() => act('debtorDisputes', { payment: payment.id })}>
        Debtor disputes
      </button>
    )
  }
  return dispute.withdrawn ? (
    <button type="button" onClick={() => act('disputeWon', { dispute: dispute.id })}>
      Dispute is won
    </button>
  ) : (
    <span>won back</span>
  )
}
