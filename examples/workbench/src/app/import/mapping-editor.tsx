import { type ColumnMapping, previewTable, type TablePreview } from '@recon/formats'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { type FileSide, problemOf } from './dropped-file.ts'
import { dateFormats, draftFields, draftOf, fieldLabels, type MappingDraft, mappingOf } from './mapping-draft.ts'
import { forgetMapping, savedMapping, saveMapping, type TableColumn, tableColumns } from './mapping-memory.ts'

/** Which column is what: proposed with its reasons, corrected by a person, kept for the next file of the same source. */
export function MappingEditor(props: {
  readonly file: File
  readonly side: FileSide
  readonly onRead: (mapping: ColumnMapping | undefined) => void
}) {
  const { file, side } = props
  const [preview, setPreview] = useState<TablePreview | null>(null)
  const [draft, setDraft] = useState<MappingDraft | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    previewTable(file, { target: side })
      .then((found) => {
        if (left) return
        setPreview(found)
        setDraft(draftOf(savedMapping(side, found) ?? (found.proposal.ok ? found.proposal.mapping : undefined), side))
      })
      .catch((error: unknown) => {
        if (!left) setProblem(problemOf(error).message)
      })
    return () => {
      left = true
    }
  }, [file, side])
  if (preview === null || draft === null) return problem === null ? null : <p className="wb-note">{problem}</p>
  const read = () => {
    try {
      const mapping = mappingOf(draft, side)
      saveMapping(side, preview, mapping)
      setProblem(null)
      props.onRead(mapping)
    } catch (error) {
      setProblem(problemOf(error).message)
    }
  }
  const forget = () => {
    forgetMapping(side, preview)
    setDraft(draftOf(preview.proposal.ok ? preview.proposal.mapping : undefined, side))
    props.onRead(undefined)
  }
  return (
    <div className="wb-mapping">
      <Sample preview={preview} />
      <Fields
        draft={draft}
        side={side}
        columns={tableColumns(preview)}
        onChange={(part) => setDraft({ ...draft, ...part })}
      />
      <Proposal preview={preview} />
      {problem === null ? null : (
        <p className="wb-note" data-tone="bad" role="alert">
          {problem}
        </p>
      )}
      <p className="wb-mapping-actions">
        <button type="button" onClick={forget}>
          Back to the proposal
        </button>
        <button type="button" className="wb-primary" onClick={read}>
          Read with these columns
        </button>
      </p>
    </div>
  )
}

const sampleRows = 4

function Sample({ preview }: { readonly preview: TablePreview }) {
  const columns = tableColumns(preview)
  const names = columns.map((column) => column.name).join('\u001f')
  const start = preview.rows.findIndex((row) => row.fields.join('\u001f') === names)
  const rows = preview.rows.slice(start + 1, start + 1 + sampleRows)
  return (
    <section className="wb-scroll" aria-label="The first rows as they stand in the file">
      <table className="wb-table">
        <thead>
          <tr>
            {columns.map(({ place, name }) => (
              <th scope="col" key={place}>
                {name || `column ${place}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              {columns.map(({ place }) => (
                <td key={place}>{row.fields[place - 1] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Proposal({ preview: { proposal } }: { readonly preview: TablePreview }) {
  return (
    <>
      {proposal.ok ? null : (
        <p className="wb-note" data-tone="bad">
          <strong>No columns could be proposed.</strong> {proposal.message}
        </p>
      )}
      {proposal.ok && proposal.doubts.length > 0 ? (
        <ul className="wb-doubts">
          {proposal.doubts.map((doubt) => (
            <li key={doubt.code}>{doubt.message}</li>
          ))}
        </ul>
      ) : null}
      {proposal.reasons.length > 0 ? (
        <details>
          <summary>Why these columns</summary>
          <ul>
            {proposal.reasons.map((reason) => (
              <li key={`${reason.about} ${reason.column ?? ''} ${reason.text}`}>
                <strong>{fieldLabels[reason.about] ?? reason.about}</strong>
                {reason.column === undefined ? '' : ` (${reason.column})`}: {reason.text}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

function Fields(props: {
  readonly draft: MappingDraft
  readonly side: FileSide
  readonly columns: readonly TableColumn[]
  readonly onChange: (part: Partial<MappingDraft>) => void
}) {
  const { draft, side, columns, onChange } = props
  const column = (label: string, value: string, set: (value: string) => void) => (
    <Choice key={label} label={label} value={value} onChange={set}>
      <option value="">not in the file</option>
      {columns.map(({ place, name }) => (
        <option key={place} value={draft.base?.header === 'NONE' || name === '' ? String(place) : name}>
          {name === '' ? `column ${place}` : name}
        </option>
      ))}
    </Choice>
  )
  return (
    <div className="wb-fields">
      <Choice
        label="Amounts stand in"
        value={draft.amountKind}
        onChange={(value) => onChange({ amountKind: value === 'DEBIT_CREDIT' ? value : 'SIGNED' })}
      >
        <option value="SIGNED">one column</option>
        <option value="DEBIT_CREDIT">two columns, out and in</option>
      </Choice>
      {draft.amountKind === 'SIGNED' ? (
        <>
          {column('Amount', draft.amount, (amount) => onChange({ amount }))}
          <Choice
            label="A positive amount is"
            value={draft.positive}
            onChange={(value) => onChange({ positive: value === 'MONEY_OUT' ? value : 'MONEY_IN' })}
          >
            <option value="MONEY_IN">money in</option>
            <option value="MONEY_OUT">money out</option>
          </Choice>
        </>
      ) : (
        <>
          {column('Money out', draft.debit, (debit) => onChange({ debit }))}
          {column('Money in', draft.credit, (credit) => onChange({ credit }))}
        </>
      )}
      {draftFields[side].map((field) =>
        column(fieldLabels[field] ?? field, draft.columns[field] ?? '', (value) =>
          onChange({ columns: { ...draft.columns, [field]: value } }),
        ),
      )}
      <Choice label="Dates are written" value={draft.dateFormat} onChange={(dateFormat) => onChange({ dateFormat })}>
        {[...new Set([draft.dateFormat, ...dateFormats])].map((format) => (
          <option key={format}>{format}</option>
        ))}
      </Choice>
      <Choice
        label="Decimals follow"
        value={draft.decimalMark}
        onChange={(value) => onChange({ decimalMark: value === ',' ? ',' : '.' })}
      >
        <option value=".">a point, 12.50</option>
        <option value=",">a comma, 12,50</option>
      </Choice>
      <Choice
        label="Thousands are set apart by"
        value={draft.groupMark}
        onChange={(value) => onChange({ groupMark: value as MappingDraft['groupMark'] })}
      >
        <option value="">nothing</option>
        <option value=",">a comma</option>
        <option value=".">a point</option>
        <option value="'">an apostrophe</option>
        <option value=" ">a space</option>
      </Choice>
      <Text
        label="Currency where none is given"
        value={draft.currency}
        onChange={(currency) => onChange({ currency })}
      />
      <Text label="Account where none is given" value={draft.account} onChange={(account) => onChange({ account })} />
    </div>
  )
}

function Choice(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <p>
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.children}
      </select>
    </p>
  )
}

function Text(props: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }) {
  const id = useId()
  return (
    <p>
      <label htmlFor={id}>{props.label}</label>
      <input id={id} value={props.value} maxLength={100} onChange={(event) => props.onChange(event.target.value)} />
    </p>
  )
}
