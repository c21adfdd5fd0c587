import type { DriftRow, WritebackRow } from '@recon/client'
import type { SyncStatusName } from '../messages/collections-messages.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import { SyncLog, type SyncRow } from '../sync-log/sync-log.tsx'
import { ConnectedScreen } from './connected-screen.tsx'
import { useSyncLog } from './use-collections-desk.ts'

/** What reached the creditors' books, what did not and why, and where their balances differ from ours. */
export function SyncLogScreen() {
  return (
    <ConnectedScreen>
      <Screen />
    </ConnectedScreen>
  )
}

function Screen() {
  const { messages } = useRecon()
  const model = useSyncLog()
  const writebacks = new Map(model.writebacks.map((row) => [row.id, row]))
  const drifts = new Map(model.drifts.map((drift) => [drift.id, drift]))
  const rows = [...model.drifts.map(driftRow), ...model.writebacks.map(writebackRow)]
  return (
    <section className="recon-desk" aria-label={messages.collections.sync.title}>
      <SyncLog
        rows={rows}
        state={model.state}
        retryOf={(row) => withRow(writebacks.get(row.id), model.retryOf)}
        giveUpOf={(row) => withRow(writebacks.get(row.id), model.giveUpOf)}
        explainOf={(row) => withRow(drifts.get(row.id), model.explainOf)}
      />
    </section>
  )
}

function withRow<Row, Act>(row: Row | undefined, actOf: (row: Row) => Act | null): Act | null {
  return row === undefined ? null : actOf(row)
}

const statusNames: Readonly<Record<string, SyncStatusName>> = {
  posted: 'done',
  reverted: 'reverted',
  abandoned: 'abandoned',
  failed: 'failed',
  revert_failed: 'failed',
  revert_abandoned: 'abandoned',
}

function writebackRow(row: WritebackRow): SyncRow {
  const {
    id,
    updatedAt,
    provider,
    remittanceId,
    invoiceNumber,
    paymentId,
    externalId,
    amount,
    attempts,
    failure,
    status,
  } = row
  return {
    id,
    at: updatedAt,
    status: statusNames[status] ?? 'waiting',
    provider,
    subjectId: remittanceId,
    amount,
    attempts,
    ...(invoiceNumber === undefined ? {} : { name: invoiceNumber }),
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(failure === undefined ? {} : { failure: failure.message }),
  }
}

function driftRow({
  id,
  seenAt,
  status,
  invoiceId,
  invoiceNumber,
  amount,
  cached,
  live,
  explanation,
}: DriftRow): SyncRow {
  return {
    id,
    at: seenAt,
    status: status === 'resolved' ? 'resolved' : 'drift',
    provider: '',
    subjectId: invoiceId,
    ...(invoiceNumber === undefined ? {} : { name: invoiceNumber }),
    amount,
    drift: { cached, live, ...(explanation === undefined ? {} : { explanation }) },
  }
}
