import type { Certainty } from '@recon/core'
import { useRecon } from '../recon-root/recon-context.ts'

/** A green check for what the bank has: italic while it is only pending. The words say the same without colour or slant. */
export function CertaintyMark({ certainty }: { readonly certainty: Certainty }) {
  const { messages } = useRecon()
  const checked = certainty === 'TENTATIVE' || certainty === 'RECONCILED'
  return (
    <span
      className="recon-certainty"
      data-certainty={certainty}
      title={certainty === 'TENTATIVE' ? messages.treasury.tentativeHint : undefined}
    >
      <span aria-hidden="true">{checked ? '✓ ' : ''}</span>
      {messages.treasury.certainty[certainty]}
    </span>
  )
}
