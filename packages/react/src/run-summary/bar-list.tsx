import type { Money } from '@recon/core'
import { Amount } from '../parts/amount.tsx'
import type { Tone } from '../parts/scenario-badge.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

export interface BarDatum {
  readonly id: string
  readonly label: string
  readonly tone: Tone
  readonly count: number
  readonly amount: Money
}

export interface BarListProps {
  readonly title: string
  readonly data: readonly BarDatum[]
  /** What the length of a bar means; both numbers are always written beside it. */
  readonly measure: 'count' | 'amount'
}

/**
 * A bar chart that is a table: every bar has its name, count and amount in words, so nothing is told by length or hue
 * alone. Drawn with SVG attributes, which need no inline style.
 */
export function BarList({ title, data, measure }: BarListProps) {
  const { messages, format } = useRecon()
  const sizes = data.map((datum) => (measure === 'count' ? datum.count : sizeOf(datum.amount)))
  const longest = Math.max(1, ...sizes)
  return (
    <figure className="recon-chart">
      <figcaption className="recon-heading">{title}</figcaption>
      <table className="recon-bars">
        <thead className="recon-hidden">
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{messages.summary.count}</th>
            <th scope="col">{messages.summary.amount}</th>
          </tr>
        </thead>
        <tbody>
          {data.map((datum, index) => (
            <tr key={datum.id} data-tone={datum.tone}>
              <th scope="row">{datum.label}</th>
              <td className="recon-bar-cell">
                <svg
                  className="recon-bar"
                  viewBox="0 0 100 8"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  focusable="false"
                >
                  <rect className="recon-bar-track" width="100" height="8" rx="1" />
                  <rect className="recon-bar-fill" width={(100 * (sizes[index] ?? 0)) / longest} height="8" rx="1" />
                </svg>
              </td>
              <td data-end="">{format.count(datum.count)}</td>
              <td data-end="">
                <Amount value={datum.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** Only for the length of a bar: a picture, not arithmetic. */
function sizeOf(amount: Money): number {
  return Math.abs(Number(amount.amount))
}
