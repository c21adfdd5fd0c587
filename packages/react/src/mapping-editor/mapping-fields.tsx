import { type ReactNode, useId } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import {
  columnChoice,
  columnCount,
  fieldsOf,
  type MappingDraft,
  mappingDateFormats,
  withHeader,
} from './mapping-draft.ts'
import type { MappingField } from './table-mapping.ts'
import type { TableMappingReady } from './use-table-mapping.ts'

/** Fields most files have; the others are one step away. */
const firstFields = 10

/** The form: which column holds what, and how amounts and dates are written. */
export function MappingFields({ model }: { readonly model: TableMappingReady }) {
  const { messages } = useRecon()
  const words = messages.mapping
  const { draft, change } = model
  const fields = fieldsOf(draft.target)
  const further = fields.slice(firstFields)
  const column = (field: MappingField) => (
    <ColumnChoice
      key={field}
      model={model}
      label={words.field[field]}
      value={draft.columns[field] ?? ''}
      count={columnCount(draft, field)}
      onChange={(choice) => change({ columns: { ...draft.columns, [field]: choice } })}
    />
  )
  return (
    <>
      <fieldset className="recon-mapping">
        <legend className="recon-heading">{messages.importing.columns}</legend>
        <Choice
          label={words.header.label}
          value={draft.header}
          onChange={(value) => change(withHeader(draft, value === 'NONE' ? value : 'FIND', model.columns))}
        >
          <option value="FIND">{words.header.FIND}</option>
          <option value="NONE">{words.header.NONE}</option>
        </Choice>
        <AmountFields model={model} />
        {fields.slice(0, firstFields).map(column)}
        <NotationFields draft={draft} change={change} />
      </fieldset>
      {/* Open where something stands in it: nothing a file is read by is hidden. */}
      <details className="recon-mapping-more" open={further.some((field) => (draft.columns[field] ?? '') !== '')}>
        <summary>{words.moreFields}</summary>
        <div className="recon-mapping">{further.map(column)}</div>
      </details>
    </>
  )
}

function AmountFields({ model }: { readonly model: TableMappingReady }) {
  const { messages } = useRecon()
  const words = messages.mapping
  const { draft, change } = model
  return (
    <>
      <Choice
        label={words.amounts.label}
        value={draft.amountKind}
        onChange={(value) => change({ amountKind: value === 'DEBIT_CREDIT' ? value : 'SIGNED' })}
      >
        <option value="SIGNED">{words.amounts.SIGNED}</option>
        <option value="DEBIT_CREDIT">{words.amounts.DEBIT_CREDIT}</option>
      </Choice>
      {draft.amountKind === 'SIGNED' ? (
        <>
          <ColumnChoice
            model={model}
            label={words.field.amount}
            value={draft.amount}
            onChange={(amount) => change({ amount })}
          />
          <Choice
            label={words.positive.label}
            value={draft.positive}
            onChange={(value) => change({ positive: value === 'MONEY_OUT' ? value : 'MONEY_IN' })}
          >
            <option value="MONEY_IN">{words.positive.MONEY_IN}</option>
            <option value="MONEY_OUT">{words.positive.MONEY_OUT}</option>
          </Choice>
        </>
      ) : (
        <>
          <ColumnChoice
            model={model}
            label={words.moneyOut}
            value={draft.debit}
            onChange={(debit) => change({ debit })}
          />
          <ColumnChoice
            model={model}
            label={words.moneyIn}
            value={draft.credit}
            onChange={(credit) => change({ credit })}
          />
        </>
      )}
    </>
  )
}

const groupMarks = [
  ['', 'none'],
  [',', 'comma'],
  ['.', 'point'],
  ["'", 'apostrophe'],
  [' ', 'space'],
] as const

function NotationFields(props: {
  readonly draft: MappingDraft
  readonly change: (part: Partial<MappingDraft>) => void
}) {
  const { messages } = useRecon()
  const words = messages.mapping
  const { draft, change } = props
  return (
    <>
      <Choice label={words.dates} value={draft.dateFormat} onChange={(dateFormat) => change({ dateFormat })}>
        {[...new Set([draft.dateFormat, ...mappingDateFormats])].map((format) => (
          <option key={format}>{format}</option>
        ))}
      </Choice>
      <Choice
        label={words.decimals.label}
        value={draft.decimalMark}
        onChange={(value) => change({ decimalMark: value === ',' ? ',' : '.' })}
      >
        <option value=".">{words.decimals.point}</option>
        <option value=",">{words.decimals.comma}</option>
      </Choice>
      <Choice
        label={words.groups.label}
        value={draft.groupMark}
        onChange={(value) => change({ groupMark: groupMarks.find(([mark]) => mark === value)?.[0] ?? '' })}
      >
        {groupMarks.map(([mark, name]) => (
          <option key={name} value={mark}>
            {words.groups[name]}
          </option>
        ))}
      </Choice>
      <Text label={words.defaultCurrency} value={draft.currency} onChange={(currency) => change({ currency })} />
      <Text label={words.defaultAccount} value={draft.account} onChange={(account) => change({ account })} />
    </>
  )
}

function ColumnChoice(props: {
  readonly model: TableMappingReady
  readonly label: string
  readonly value: string
  /** Columns the value stands for; one where absent. */
  readonly count?: number
  readonly onChange: (choice: string) => void
}) {
  const { messages } = useRecon()
  const words = messages.mapping
  const { model, value, count = 1 } = props
  const options = model.columns.map((column) => ({
    place: column.place,
    choice: columnChoice(column, model.columns, model.draft.header),
    name: model.draft.header === 'NONE' || column.name.trim() === '' ? words.column(column.place) : column.name,
  }))
  const known = value === '' || options.some(({ choice }) => choice === value)
  return (
    <Choice label={props.label} value={value} onChange={props.onChange}>
      <option value="">{words.notInFile}</option>
      {options.map(({ place, choice, name }) => (
        <option key={place} value={choice}>
          {count > 1 && choice === value ? words.several(name, count - 1) : name}
        </option>
      ))}
      {/* A saved mapping may name a column this file lacks: shown, so that nothing is dropped unseen. */}
      {known ? null : <option value={value}>{value.slice(1)}</option>}
    </Choice>
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
    <div className="recon-field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="recon-input"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.children}
      </select>
    </div>
  )
}

function Text(props: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }) {
  const id = useId()
  return (
    <div className="recon-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="recon-input"
        value={props.value}
        maxLength={100}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  )
}
