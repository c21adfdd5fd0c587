import type { Money } from '@recon/core'
import { AmountControl, ControlGroup, type ControlsProps, listOf, moneyText, Switch } from './control-parts.tsx'

interface PaymentFact {
  readonly id: string
  readonly amount: Money
  readonly description: string
  readonly sender: string
  readonly deposited: boolean
}

/** The app's customers and their bank, through Lean. */
export function PaymentsControls({ facts, act }: ControlsProps) {
  const payments = listOf<PaymentFact>(facts, 'payments')
  return (
    <>
      <ControlGroup title="The app">
        <AmountControl
          label="Payment"
          suggested="145.50"
          action="Customer pays"
          onAct={(amount) => act('customerPays', { amount })}
        />
        <ul>
          {payments.slice(0, 6).map((payment) => (
            <li key={payment.id}>
              <span>
                {payment.sender} {moneyText(payment.amount)}
              </span>
              {payment.deposited ? (
                <span>at the bank</span>
              ) : (
                <span className="wb-sim-row">
                  <button type="button" onClick={() => act('depositArrives', { payment: payment.id })}>
                    Deposit arrives
                  </button>
                  <button type="button" onClick={() => act('depositArrives', { payment: payment.id, unnamed: true })}>
                    Without reference
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      </ControlGroup>
      <ControlGroup title="The bank">
        <Switch
          label="The bank refuses the password"
          on={facts.refused === true}
          onChange={(on) => act('bankPassword', { on })}
        />
        <Switch
          label="The bank does not answer"
          on={facts.silent === true}
          onChange={(on) => act('bankSilent', { on })}
        />
      </ControlGroup>
    </>
  )
}
