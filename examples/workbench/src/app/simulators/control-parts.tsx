import type { Money } from '@recon/core'
import { type ReactNode, useId, useState } from 'react'

export type Perform = (action: string, input: object) => void

export interface ControlsProps {
  readonly facts: Readonly<Record<string, unknown>>
  readonly act: Perform
}

/** A list of the facts; what the workbench's own server said is not checked again. */
export function listOf<Row>(facts: ControlsProps['facts'], name: string): readonly Row[] {
  const value = facts[name]
  return Array.isArray(value) ? value : []
}

export const moneyText = ({ amount, currency }: Money): string => `${amount} ${currency}`

export function ControlGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** One of a list, an amount, and what happens with them. */
export function AmountControl(props: {
  readonly label: string
  readonly choices?: readonly { readonly value: string; readonly text: string }[]
  readonly suggested: string
  readonly action: string
  readonly onAct: (amount: string, choice: string) => void
}) {
  const id = useId()
  const [amount, setAmount] = useState(props.suggested)
  const [chosen, setChosen] = useState('')
  const choices = props.choices ?? []
  const choice = choices.find(({ value }) => value === chosen)?.value ?? choices[0]?.value ?? ''
  return (
    <form
      className="wb-sim-row"
      onSubmit={(event) => {
        event.preventDefault()
        props.onAct(amount, choice)
      }}
    >
      {choices.length === 0 ? null : (
        <select aria-label={props.label} value={choice} onChange={(event) => setChosen(event.target.value)}>
          {choices.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
      <label className="wb-hidden" htmlFor={id}>
        Amount: {props.action}
      </label>
      <input
        id={id}
        inputMode="decimal"
        maxLength={15}
        value={amount}
        onChange={(event) => setAmount(event.target.value)}
      />
      <button type="submit" disabled={props.choices !== undefined && choice === ''}>
        {props.action}
      </button>
    </form>
  )
}

export function Switch(props: {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) {
  return (
    <label className="wb-sim-switch">
      <input type="checkbox" checked={props.on} onChange={(event) => props.onChange(event.target.checked)} />
      {props.label}
    </label>
  )
}
