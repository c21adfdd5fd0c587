import type { PlacementDetail } from '@recon/client'
import { money, type Placement } from '@recon/core'
import { ActionButton, EmptyState, LoadingRows, ModalFrame, PlacementCard } from '@recon/react'
import { useState } from 'react'
import { PageHead } from '../page-head.tsx'
import { useCollections } from './use-collections.ts'

function asPlacement(row: PlacementDetail): Placement | null {
  const [first, ...later] = row.rates
  return first === undefined ? null : { ...row, rates: [first, ...later] }
}

/** Invoices given to be collected, each with what came in, what it cost and what is left. */
export function PlacementsScreen() {
  const model = useCollections()
  const [paying, setPaying] = useState<PlacementDetail | null>(null)
  const { placements } = model
  return (
    <>
      <PageHead
        title="Placements"
        note="The fee of a payment is fixed by the rate of its moment; a later rate changes no row."
      />
      {placements === undefined ? <LoadingRows /> : null}
      {placements?.length === 0 ? <EmptyState title="Nothing is placed." /> : null}
      <div className="wb-panels">
        {(placements ?? []).map((row) => {
          const placement = asPlacement(row)
          if (placement === null) return null
          const possible = (name: string, action: () => void) => (row.whyNot[name] === undefined ? action : null)
          return (
            <PlacementCard
              key={row.id}
              placement={placement}
              creditor={model.creditorName(row.creditorId)}
              rows={row.remittances}
              actions={{
                recordPayment: possible('recordPayment', () => setPaying(row)),
                close: possible('closeUncollected', () => void model.act(row, 'closeUncollected')),
                recall: possible('recall', () => void model.act(row, 'recall')),
              }}
            />
          )
        })}
      </div>
      <PaymentDialog
        placement={paying}
        onClose={() => setPaying(null)}
        onPay={(placement, amount) => {
          setPaying(null)
          void model.recordPayment(placement, amount)
        }}
      />
    </>
  )
}

function canonical(text: string, currency: string): string | null {
  try {
    const value = money(text.trim(), currency)
    return value.amount.startsWith('-') || !/[1-9]/.test(value.amount) ? null : value.amount
  } catch {
    return null
  }
}

function PaymentDialog(props: {
  readonly placement: PlacementDetail | null
  readonly onPay: (placement: PlacementDetail, amount: string) => void
  readonly onClose: () => void
}) {
  const { placement } = props
  const [text, setText] = useState('')
  const currency = placement?.invoiceAmount.currency ?? 'USD'
  const amount = canonical(text, currency)
  const pay =
    placement === null || amount === null
      ? null
      : () => {
          setText('')
          props.onPay(placement, amount)
        }
  return (
    <ModalFrame
      open={placement !== null}
      onOpenChange={(open) => open || props.onClose()}
      size="small"
      title={`Payment for ${placement?.invoiceNumber ?? ''}`}
      footer={
        <ActionButton tone="primary" action={pay} reason="Write an amount such as 333.35.">
          Record payment
        </ActionButton>
      }
    >
      <form
        className="wb-picker"
        onSubmit={(event) => {
          event.preventDefault()
          pay?.()
        }}
      >
        <label>
          Amount in {currency}{' '}
          <input inputMode="decimal" value={text} maxLength={20} onChange={(event) => setText(event.target.value)} />
        </label>
      </form>
    </ModalFrame>
  )
}
