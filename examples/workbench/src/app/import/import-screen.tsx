import type { ColumnMapping } from '@recon/formats'
import { useConnection } from '@recon/react/connected'
import { type DragEvent, useRef, useState } from 'react'
import { InnerLink } from '../navigation.tsx'
import { PageHead } from '../page-head.tsx'
import { ColumnPanel } from './column-panel.tsx'
import type { FileSide } from './dropped-file.ts'
import { FilePreview } from './file-preview.tsx'
import { OfflinePanel } from './offline-panel.tsx'
import { type ImportEntry, type ImportStep, useFileImport } from './use-file-import.ts'

const accepted = '.bai,.bai2,.bai2txt,.txt,.xml,.sta,.mt940,.940,.942,.ofx,.qfx,.qif,.ach,.csv,.tsv,.xlsx'

/** Drop bank and ledger files, look at what is in them, then store and match. */
export function ImportScreen(props: {
  readonly policy: 'cash-management' | 'payments-desk'
  /** Where the result is shown. */
  readonly result: string
  readonly onMatched: () => void
}) {
  const { client } = useConnection()
  const model = useFileImport(client, props.policy, props.onMatched)
  return (
    <>
      <PageHead
        title="Import files"
        note="BAI2, camt, MT940, OFX, QIF, NACHA, CSV and XLSX. Files are read in this browser."
      >
        <button
          type="button"
          className="wb-primary"
          disabled={model.store === null}
          onClick={() => void model.store?.()}
        >
          Store and match
        </button>
      </PageHead>
      <DropZone onFiles={(files) => void model.add(files)} />
      <StepNote step={model.step} result={props.result} />
      {model.entries.map((entry) => (
        <Entry
          key={entry.key}
          entry={entry}
          onRemove={() => model.remove(entry.key)}
          onSide={(side) => model.readAs(entry, side)}
          onMapping={(mapping) => model.readAs(entry, entry.side, mapping)}
        />
      ))}
      <OfflinePanel client={client} onApplied={props.onMatched} />
    </>
  )
}

function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    <section
      className="wb-drop"
      aria-label="Drop files here"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>
        <strong>Drop bank and ledger files here</strong>, several at once if you like.
      </p>
      <button type="button" onClick={() => input.current?.click()}>
        Choose files
      </button>
      <input
        ref={input}
        className="wb-hidden"
        type="file"
        multiple
        accept={accepted}
        aria-label="Files to import"
        tabIndex={-1}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </section>
  )
}

function StepNote({ step, result }: { readonly step: ImportStep; readonly result: string }) {
  return (
    <div aria-live="polite">
      {step.step === 'storing' ? <Bar label={`Storing ${step.name}`} share={step.share} /> : null}
      {step.step === 'matching' ? <Bar label="Matching" /> : null}
      {step.step === 'failed' ? (
        <p className="wb-note" data-tone="bad">
          <strong>Not stored.</strong> {step.message}
        </p>
      ) : null}
      {step.step === 'done' ? (
        <p className="wb-note" data-tone="good">
          <strong>{step.added.toLocaleString('en')} records stored and matched.</strong>{' '}
          {step.known > 0 ? `${step.known.toLocaleString('en')} were already there. ` : ''}
          {step.rejected.length > 0
            ? `${step.rejected.length} were refused: ${step.rejected.slice(0, 3).join('; ')}. `
            : ''}
          <InnerLink to={result}>See the result</InnerLink>
        </p>
      ) : null}
    </div>
  )
}

function Bar({ label, share }: { readonly label: string; readonly share?: number }) {
  return (
    <p className="wb-progress">
      <span>{label}</span>
      <progress max={1} aria-label={label} {...(share === undefined ? {} : { value: share })} />
    </p>
  )
}

function Entry(props: {
  readonly entry: ImportEntry
  readonly onRemove: () => void
  readonly onSide: (side: FileSide) => void
  readonly onMapping: (mapping: ColumnMapping | undefined) => void
}) {
  const { entry } = props
  const { dropped } = entry
  const format = dropped.state === 'read' ? dropped.file.format : undefined
  return (
    <section className="wb-file" aria-label={dropped.name} data-state={dropped.state}>
      <header>
        <h2>{dropped.name}</h2>
        {format === undefined ? null : <span className="wb-tag">{format}</span>}
        <label className="wb-side">
          Read as{' '}
          <select
            value={entry.side}
            onChange={(event) => props.onSide(event.target.value === 'ledger' ? 'ledger' : 'bank')}
          >
            <option value="bank">bank lines</option>
            <option value="ledger">ledger entries</option>
          </select>
        </label>
        <button type="button" onClick={props.onRemove}>
          Remove
        </button>
      </header>
      {dropped.state === 'reading' ? (
        <Bar label={`Reading, ${dropped.records.toLocaleString('en')} records`} share={dropped.share} />
      ) : null}
      {dropped.state === 'refused' ? (
        <p className="wb-note" data-tone="bad">
          <strong>Refused{dropped.problem.line === undefined ? '' : `, line ${dropped.problem.line}`}.</strong>{' '}
          {dropped.problem.message} <code>{dropped.problem.code}</code>
        </p>
      ) : null}
      {entry.table && dropped.state !== 'reading' ? (
        <details className="wb-columns" open={dropped.state === 'refused'}>
          <summary>Columns</summary>
          <ColumnPanel key={entry.side} file={entry.source} side={entry.side} onRead={props.onMapping} />
        </details>
      ) : null}
      {dropped.state === 'read' ? <FilePreview file={dropped.file} /> : null}
    </section>
  )
}
