import { TextDialog } from '../parts/text-dialog.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { paymentName } from './payment-rows.tsx'

export interface ReferenceDialogProps {
  /** The payment; null closes the dialog. */
  readonly row: WorkItem | null
  readonly reconcile: ((reference: string) => void) | null
  readonly onClose: () => void
}

/** Settles a payment by a free text, where no deposit stands for it. */
export function ReferenceDialog({ row, reconcile, onClose }: ReferenceDialogProps) {
  const { messages } = useRecon()
  if (row === null) return null
  return (
    <TextDialog
      title={messages.payments.referenceTitle(paymentName(row))}
      label={messages.payments.reference}
      hint={messages.reconcile.referenceHint}
      submit={messages.action.reconcile}
      onSubmit={(text) => reconcile?.(text)}
      onClose={onClose}
    />
  )
}
