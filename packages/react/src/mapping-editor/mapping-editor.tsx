import { ActionButton } from '../parts/action-button.tsx'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { MappingFields } from './mapping-fields.tsx'
import { sampleRows, type TableMapping } from './table-mapping.ts'
import type { TableMappingReady } from './use-table-mapping.ts'

export interface MappingEditorProps {
  readonly model: TableMappingReady
  /** The person is content: read the file with this mapping. It is already saved for the next file of the source. */
  readonly onRead: (mapping: TableMapping) => void
  /** What was saved is forgotten: read the file as it is proposed. */
  readonly onReset?: () => void
  /** The file is being read. */
  readonly busy?: boolean
}

const shownRows = 4

/** Which column is what: the first rows, the proposal with its reasons and doubts, and every choice a person can make. */
export function MappingEditor({ model, onRead, onReset, busy = false }: MappingEditorProps) {
  const { messages } = useRecon()
  const words = messages.mapping
  const { mapping, problems } = model
  const read = mapping === null ? null : () => void model.save().then(() => onRead(mapping))
  return (
    <div className="recon-mapping-editor">
      <Sample model={model} />
      {model.start.remembered && !model.changed ? <p className="recon-quiet">{words.remembered}</p> : null}
      <Doubts model={model} />
      <MappingFields model={model} />
      <Reasons model={model} />
      {model.changed && problems.length > 0 ? (
        <ul className="recon-notice" data-tone="danger" role="alert">
          {problems.map((problem) => (
            <li key={problem}>{words.problem[problem]}</li>
          ))}
        </ul>
      ) : null}
      <div className="recon-mapping-actions">
        <ActionButton action={() => void model.reset().then(() => onReset?.())}>{words.reset}</ActionButton>
        <ActionButton action={read} busy={busy} reason={problems.map((problem) => words.problem[problem]).join(' ')}>
          {words.read}
        </ActionButton>
      </div>
    </div>
  )
}

function Sample({ model }: { readonly model: TableMappingReady }) {
  const { messages } = useRecon()
  const words = messages.mapping
  return (
    <ScrollRegion label={words.sample}>
      <table className="recon-table">
        <thead>
          <tr>
            {model.columns.map(({ place, name }) => (
              <th scope="col" key={place}>
                <bdi>{model.draft.header === 'NONE' || name === '' ? words.column(place) : name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sampleRows(model.look, shownRows, model.draft.header).map((row) => (
            <tr key={row.line}>
              {model.columns.map(({ place }) => (
                <td key={place}>
                  <bdi>{row.fields[place - 1] ?? ''}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Doubts({ model }: { readonly model: TableMappingReady }) {
  const { messages } = useRecon()
  const words = messages.mapping
  const { proposal } = model.look
  if (model.start.remembered) return null
  if (!proposal.ok) {
    return (
      <p className="recon-notice" data-tone="danger">
        <strong>{words.noProposal}</strong> <bdi>{proposal.message}</bdi>
      </p>
    )
  }
  if (proposal.doubts.length === 0) return null
  return (
    <ul className="recon-notice recon-mapping-doubts" data-tone="warning">
      {proposal.doubts.map((doubt) => (
        <li key={doubt.code}>{words.doubt(doubt)}</li>
      ))}
    </ul>
  )
}

function Reasons({ model }: { readonly model: TableMappingReady }) {
  const { messages } = useRecon()
  const words = messages.mapping
  const { reasons } = model.look.proposal
  if (reasons.length === 0) return null
  const label = (about: string) => Object.entries(words.field).find(([field]) => field === about)?.[1] ?? about
  return (
    <details className="recon-mapping-reasons">
      <summary>{words.why}</summary>
      <ul>
        {reasons.map((reason) => (
          <li key={`${reason.about} ${reason.code} ${reason.column ?? ''}`}>
            <strong>{label(reason.about)}</strong>
            {reason.column === undefined ? null : (
              <>
                {' '}
                (<bdi>{reason.column}</bdi>)
              </>
            )}
            {': '}
            {words.reason(reason)}
          </li>
        ))}
      </ul>
    </details>
  )
}
