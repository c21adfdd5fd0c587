import type { Money } from '@recon/core'
import { useState } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'

export interface AmountProps {
  readonly value: Money
  /** Writes `+` before money in. */
  readonly sign?: boolean
  readonly size?: 'small' | 'normal' | 'large'
  /** Hides the currency where the column head or the neighbour already names it. */
  readonly currency?: boolean
  /** Makes the amount a button that copies its canonical digits. */
  readonly copyable?: boolean
}

export function signOf(value: Money): 'negative' | 'zero' | 'positive' {
  if (value.amount.startsWith('-')) return 'negative'
  return /[1-9]/.test(value.amount) ? 'positive' : 'zero'
}

/** An amount as finance reads it: tabular figures, a real minus sign, the currency beside it. */
export function Amount(props: AmountProps) {
  const { format } = useRecon()
  const { value, sign = false, size = 'normal', currency = true } = props
  const digits = format.amount(value, { sign })
  const content = (
    <>
      <bdi className="recon-amount-digits" dir="ltr">
        {digits}
      </bdi>
      {currency ? <span className="recon-amount-currency"> {value.currency}</span> : null}
    </>
  )
  if (props.copyable) return <CopyableAmount {...props}>{content}</CopyableAmount>
  return (
    <span className="recon-amount" data-sign={signOf(value)} data-size={size}>
      {content}
    </span>
  )
}

function CopyableAmount(props: AmountProps & { readonly children: React.ReactNode }) {
  const { format, messages } = useRecon()
  const [copied, setCopied] = useState(false)
  const copy = () => {
    const written = navigator.clipboard?.writeText(props.value.amount)
    if (written === undefined) return
    written.then(
      () => {
        setCopied(true)
        setTimeout(() => setCopied(false), 1500)
      },
      () => setCopied(false),
    )
  }
  return (
    <button
      type="button"
      className="recon-amount"
      data-copyable=""
      data-copied={copied ? '' : undefined}
      data-sign={signOf(props.value)}
      data-size={props.size ?? 'normal'}
      title={copied ? messages.frame.copied : messages.frame.copyAmount(format.money(props.value))}
      onClick={copy}
    >
      {props.children}
    </button>
  )
}
