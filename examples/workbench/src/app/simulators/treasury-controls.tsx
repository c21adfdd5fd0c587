import type { Money } from '@recon/core'
import { AmountControl, ControlGroup, type ControlsProps, listOf, moneyText } from './control-parts.tsx'

interface WaitingFact {
  readonly id: string
  readonly name: string
  readonly externalId: string
  readonly amount: Money
}

interface PendingFact {
  readonly id: string
  readonly description: string
  readonly amount: Money
}

/** Modern Treasury and the bank behind it. */
export function TreasuryControls({ facts, act }: ControlsProps) {
  const waiting = listOf<WaitingFact>(facts, 'waiting')
  const pending = listOf<PendingFact>(facts, 'pending')
  return (
    <>
      <ControlGroup title="Waiting for money">
        <AmountControl
          label="Payment order"
          suggested="980.00"
          action="New payment order"
          onAct={(amount) => act('newOrder', { amount })}
        />
        <ul>
          {waiting.slice(0, 6).map((row) => (
            <li key={row.id}>
              <span>
                {row.name} {row.externalId} {moneyText(row.amount)}
              </span>
              <span className="wb-sim-row">
                <button type="button" onClick={() => act('bankReports', { transactable: row.id })}>
                  Bank shows it pending
                </button>
                <button type="button" onClick={() => act('bankReports', { transactable: row.id, posted: true })}>
                  Posted
                </button>
              </span>
            </li>
          ))}
        </ul>
      </ControlGroup>
      <ControlGroup title="Pending at the bank">
        <ul>
          {pending.map((row) => (
            <li key={row.id}>
              <span>
                {row.description} {moneyText(row.amount)}
              </span>
              <button type="button" onClick={() => act('nextDayWithout', { transaction: row.id })}>
                Next day, without it
              </button>
            </li>
          ))}
        </ul>
        <button type="button" onClick={() => act('nextDay', {})}>
          Next day: everything posts
        </button>
      </ControlGroup>
    </>
  )
}
