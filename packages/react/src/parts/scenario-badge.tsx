import type { Scenario } from '@recon/core'
import { useRecon } from '../recon-root/recon-context.ts'

export function ScenarioBadge({ scenario }: { readonly scenario: Scenario }) {
  const { messages } = useRecon()
  return (
    <span className="recon-badge" data-tone={scenarioTone[scenario]} data-scenario={scenario}>
      {messages.scenario[scenario]}
    </span>
  )
}

export type Tone = 'good' | 'info' | 'neutral' | 'danger' | 'notice' | 'warning' | 'accent'

/** One hue per scenario; the badge's words carry the meaning, the hue only helps the eye. */
export const scenarioTone: Readonly<Record<Scenario, Tone>> = {
  AUTO_RECONCILED: 'good',
  SYSTEM_MATCH: 'info',
  UNMATCHED: 'neutral',
  FAILED_PAYMENT: 'danger',
  DUPLICATE: 'notice',
  AMOUNT_VARIANCE: 'warning',
  SWEEP: 'accent',
}

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: React.ReactNode }) {
  return (
    <span className="recon-badge" data-tone={tone}>
      {children}
    </span>
  )
}
