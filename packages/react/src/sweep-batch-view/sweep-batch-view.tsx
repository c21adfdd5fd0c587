import type { BankLine, BookEntry } from '@recon/core'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { type SweepBatchModel, type SweepBatchOptions, useSweepBatch } from './use-sweep-batch.ts'

export interface SweepBatchViewProps extends SweepBatchOptions {
  readonly onBack?: () => void
  readonly pending?: boolean
  readonly refusal?: string | null
}

/** A cash concentration sweep: both sides with running totals; one click closes all of it at exactly 0.00. */
export function SweepBatchView(props: SweepBatchViewProps) {
  const { messages, format } = useRecon()
  const { row, pending = false } = props
  const model = useSweepBatch(props)
  const structure = row.bankLines.find((line) => line.references.structureId !== undefined)?.references.structureId
  return (
    <section className="recon-screen" data-screen="sweep" aria-label={messages.scenario.SWEEP}>
      <header className="recon-screen-head">
        <div>
          <h2 className="recon-title">
            {messages.scenario.SWEEP}
            {structure === undefined ? null : `, ${structure}`}
          </h2>
          <p className="recon-subtitle">
            {format.longDate(row.date)} · {messages.sweep.hint}
          </p>
        </div>
        {props.onBack === undefined ? null : <ActionButton action={props.onBack}>{messages.frame.close}</ActionButton>}
      </header>
      {props.refusal ? (
        <div className="recon-notice" data-tone="danger" role="alert">
          <p>{messages.frame.refused(props.refusal)}</p>
        </div>
      ) : null}
      <div className="recon-panels">
        <SweepPanel
          title={messages.sweep.bankEntries}
          records={row.bankLines}
          labelOf={(line) => `${line.transactionCode ?? ''} ${line.references.bankReference ?? line.id}`.trim()}
          model={model}
          has={model.hasLine}
          toggle={model.toggleLine}
          inactive={model.isLeftOut}
          total={model.bankTotal}
        />
        <SweepPanel
          title={messages.sweep.journalEntries}
          records={row.bookEntries}
          labelOf={(entry) => entry.references.documentNumber ?? entry.id}
          model={model}
          has={model.hasEntry}
          toggle={model.toggleEntry}
          inactive={never}
          total={model.bookTotal}
        />
      </div>
      <footer className="recon-screen-foot">
        <p className="recon-quiet">
          {messages.sweep.counts(model.counts.bank, model.counts.book)}{' '}
          {model.leftOut.length === 0 ? null : (
            <>
              {messages.sweep.excluded}{' '}
              <button type="button" className="recon-link" onClick={model.toggleLeftOut}>
                {model.included ? messages.sweep.exclude : messages.sweep.include}
              </button>
            </>
          )}
        </p>
        <div className="recon-foot-end">
          <span
            className="recon-difference"
            data-size="large"
            data-settled={model.balanced ? '' : undefined}
            role="status"
          >
            <span className="recon-quiet">{messages.desk.column.difference}</span>{' '}
            <Amount value={model.difference} size="large" />
          </span>
          <ActionButton
            tone="primary"
            action={model.close}
            busy={pending}
            reason={messages.sweep.locked(format.money(model.difference))}
          >
            {messages.action.reconcileBatch}
          </ActionButton>
        </div>
      </footer>
    </section>
  )
}

const never = () => false

interface SweepPanelProps<Kind extends BankLine | BookEntry> {
  readonly title: string
  readonly records: readonly Kind[]
  readonly labelOf: (record: Kind) => string
  readonly model: SweepBatchModel
  readonly has: (id: string) => boolean
  readonly toggle: (id: string) => void
  readonly inactive: (record: Kind) => boolean
  readonly total: SweepBatchModel['bankTotal']
}

function SweepPanel<Kind extends BankLine | BookEntry>(props: SweepPanelProps<Kind>) {
  const { messages } = useRecon()
  return (
    <div className="recon-card">
      <table className="recon-table" data-kind="sweep" aria-label={props.title}>
        <thead>
          <tr>
            <th scope="col" className="recon-narrow">
              <span className="recon-hidden">{messages.desk.column.selection}</span>
            </th>
            <th scope="col">{props.title}</th>
            <th scope="col">{messages.desk.column.account}</th>
            <th scope="col" data-end="">
              {messages.desk.column.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.records.map((record) => {
            const label = props.labelOf(record)
            const inactive = props.inactive(record)
            return (
              <tr key={record.id} data-inactive={inactive ? '' : undefined}>
                <td className="recon-narrow">
                  <input
                    type="checkbox"
                    className="recon-check"
                    checked={props.has(record.id)}
                    disabled={inactive}
                    aria-label={messages.sweep.toggle(label)}
                    onChange={() => props.toggle(record.id)}
                  />
                </td>
                <td className="recon-code">{label}</td>
                <td>{record.account ?? '–'}</td>
                <td data-end="">
                  <Amount value={record.amount} currency={false} />
                </td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <th scope="row" colSpan={2}>
              {messages.sweep.selected}
            </th>
            <td data-end="">
              <Amount value={props.total} currency={false} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
