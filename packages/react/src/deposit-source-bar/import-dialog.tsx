import { useRef, useState } from 'react'
import { type ImportField, importFields } from '../messages/payments-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { ProgressBar } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

export type ColumnMapping = Readonly<Partial<Record<ImportField, string>>>

export interface ImportOptions {
  readonly mapping: ColumnMapping
  readonly decimalMark: '.' | ','
}

export interface ImportPreview {
  readonly columns: readonly string[]
  /** The first rows as they would be imported, by field. */
  readonly rows: readonly Readonly<Partial<Record<ImportField, string>>>[]
  /** Rows that can be imported. */
  readonly total: number
  readonly problems: readonly { readonly line: number; readonly message: string }[]
}

/** How a file is read and imported: the host's parser (for example @recon/formats) behind two functions. */
export interface ImportSource {
  /** A guess for the mapping, made once from the header; nothing is guessed per row. */
  readonly suggest: (file: File) => Promise<ImportOptions>
  readonly preview: (file: File, options: ImportOptions) => Promise<ImportPreview>
  readonly run: (
    file: File,
    options: ImportOptions,
    progress: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<void>
}

export interface ImportDialogProps {
  readonly open: boolean
  readonly source: ImportSource
  readonly onClose: () => void
}

interface Reading {
  readonly file: File
  readonly options: ImportOptions
  readonly preview: ImportPreview
}

/** A CSV file in: which column is what, what it will become, and which rows cannot be read, before anything is stored. */
export function ImportDialog({ open, source, onClose }: ImportDialogProps) {
  const { messages } = useRecon()
  const words = messages.importing
  const [reading, setReading] = useState<Reading | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const stop = useRef<AbortController | null>(null)
  const guarded = (work: Promise<void>) => {
    setFailure(null)
    work.catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
  }
  const read = async (file: File, given?: ImportOptions) => {
    const options = given ?? (await source.suggest(file))
    setReading({ file, options, preview: await source.preview(file, options) })
  }
  const close = () => {
    stop.current?.abort()
    setReading(null)
    setProgress(null)
    setFailure(null)
    onClose()
  }
  const run = async ({ file, options, preview }: Reading) => {
    const controller = new AbortController()
    stop.current = controller
    setProgress({ done: 0, total: preview.total })
    try {
      await source.run(file, options, (done, total) => setProgress({ done, total }), controller.signal)
      close()
    } finally {
      setProgress(null)
    }
  }
  const total = reading?.preview.total ?? 0
  return (
    <ModalFrame
      open={open}
      onOpenChange={(next) => next || close()}
      title={words.title}
      footer={
        <>
          {progress === null ? null : (
            <div className="recon-import-progress" role="status">
              <ProgressBar {...progress} label={words.importing(progress.done, progress.total)} />
              {words.importing(progress.done, progress.total)}
            </div>
          )}
          <div className="recon-foot-end">
            <ActionButton action={close}>{messages.frame.cancel}</ActionButton>
            <ActionButton
              tone="primary"
              busy={progress !== null}
              action={reading === null || total === 0 ? null : () => guarded(run(reading))}
            >
              {words.run(total)}
            </ActionButton>
          </div>
        </>
      }
    >
      <div className="recon-import">
        <FileChoice name={reading?.file.name} onFile={(file) => guarded(read(file))} />
        {failure === null ? null : (
          <p className="recon-notice" data-tone="danger" role="alert">
            {failure}
          </p>
        )}
        {reading === null ? null : (
          <MappingForm reading={reading} onChange={(options) => guarded(read(reading.file, options))} />
        )}
      </div>
    </ModalFrame>
  )
}

function FileChoice({ name, onFile }: { readonly name: string | undefined; readonly onFile: (file: File) => void }) {
  const { messages } = useRecon()
  return (
    <label
      className="recon-drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const [file] = event.dataTransfer.files
        if (file !== undefined) onFile(file)
      }}
    >
      <input
        type="file"
        className="recon-hidden"
        accept=".csv,text/csv"
        aria-label={messages.importing.choose}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) onFile(file)
        }}
      />
      <strong>{name ?? messages.importing.choose}</strong>{' '}
      <span className="recon-quiet">{messages.importing.dropHint}</span>
    </label>
  )
}

function MappingForm({
  reading,
  onChange,
}: {
  readonly reading: Reading
  readonly onChange: (options: ImportOptions) => void
}) {
  const { messages } = useRecon()
  const words = messages.importing
  const { options, preview } = reading
  const used = importFields.filter((field) => options.mapping[field] !== undefined)
  return (
    <>
      <fieldset className="recon-mapping">
        <legend className="recon-heading">{words.mapping}</legend>
        {importFields.map((field) => (
          <label key={field} className="recon-field">
            {words.field[field]}
            <select
              className="recon-input"
              value={options.mapping[field] ?? ''}
              onChange={(event) =>
                onChange({ ...options, mapping: withField(options.mapping, field, event.target.value) })
              }
            >
              <option value="">{words.notUsed}</option>
              {preview.columns.map((column) => (
                <option key={column} value={column}>
                  {column}
                </option>
              ))}
            </select>
          </label>
        ))}
        <label className="recon-field">
          {words.decimalMark}
          <select
            className="recon-input"
            value={options.decimalMark}
            onChange={(event) => onChange({ ...options, decimalMark: event.target.value === ',' ? ',' : '.' })}
          >
            <option value=".">1,234.56</option>
            <option value=",">1.234,56</option>
          </select>
        </label>
      </fieldset>
      <h3 className="recon-heading">{words.preview(preview.rows.length, preview.total)}</h3>
      <div className="recon-card recon-scroll">
        <table className="recon-table" aria-label={words.preview(preview.rows.length, preview.total)}>
          <thead>
            <tr>
              {used.map((field) => (
                <th key={field} scope="col">
                  {words.field[field]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, index) => (
              <tr key={`${row.id ?? ''}${String(index)}`}>
                {used.map((field) => (
                  <td key={field}>{row[field] ?? '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {preview.problems.length === 0 ? null : (
        <div className="recon-notice" data-tone="warning">
          <p className="recon-notice-title">{words.problems(preview.problems.length)}</p>
          <ul>
            {preview.problems.slice(0, 5).map((problem) => (
              <li key={problem.line}>{words.problemAt(problem.line, problem.message)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function withField(mapping: ColumnMapping, field: ImportField, column: string): ColumnMapping {
  const { [field]: _before, ...rest } = mapping
  return column === '' ? rest : { ...rest, [field]: column }
}
