import type { Client } from '@recon/client'
import { useState } from 'react'
import { problemOf } from './dropped-file.ts'
import {
  applyOffline,
  downloadExceptions,
  type OfflineOutcome,
  type OfflineReading,
  readOffline,
} from './offline-exceptions.ts'

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function save(bytes: Uint8Array, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes.slice()], { type: workbookType }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** The exceptions out as a workbook, decided in a spreadsheet, and in again with its conflicts shown. */
export function OfflinePanel({ client, onApplied }: { readonly client: Client; readonly onApplied: () => void }) {
  const [reading, setReading] = useState<OfflineReading | null>(null)
  const [outcome, setOutcome] = useState<OfflineOutcome | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(problemOf(error).message)
    } finally {
      setBusy(false)
    }
  }
  const download = () =>
    guarded(async () => {
      const { bytes } = await downloadExceptions(client)
      save(bytes, 'exceptions.xlsx')
    })
  const upload = (file: File) =>
    guarded(async () => {
      setOutcome(null)
      setReading(await readOffline(client, new Uint8Array(await file.arrayBuffer())))
    })
  const apply = (changes: OfflineReading['changes']) =>
    guarded(async () => {
      setOutcome(await applyOffline(client, changes))
      setReading(null)
      onApplied()
    })
  return (
    <section className="wb-file" aria-label="Work offline">
      <header>
        <h2>Work offline</h2>
        <button type="button" disabled={busy} onClick={() => void download()}>
          Download exceptions
        </button>
        <label>
          Corrected workbook{' '}
          <input
            type="file"
            accept=".xlsx"
            disabled={busy}
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file !== undefined) void upload(file)
              event.target.value = ''
            }}
          />
        </label>
      </header>
      {problem === null ? null : (
        <p className="wb-note" data-tone="bad" role="alert">
          {problem}
        </p>
      )}
      {reading === null ? null : <Reading reading={reading} busy={busy} onApply={() => void apply(reading.changes)} />}
      {outcome === null ? null : <Outcome outcome={outcome} />}
    </section>
  )
}

function Reading(props: { readonly reading: OfflineReading; readonly busy: boolean; readonly onApply: () => void }) {
  const { changes, conflicts, untouched } = props.reading
  return (
    <div className="wb-preview">
      <p>
        {changes.length} decided, {conflicts.length} in conflict, {untouched} left open.
      </p>
      {conflicts.length === 0 ? null : (
        <table className="wb-table">
          <caption>Conflicts, which change nothing</caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Item</th>
              <th scope="col">What is in the way</th>
              <th scope="col">In the workbook</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {conflicts.map((conflict) => (
              <tr key={conflict.line}>
                <td>{conflict.line}</td>
                <td>
                  <code>{conflict.itemId}</code>
                </td>
                <td>{conflict.message}</td>
                <td>{conflict.inFile ?? '–'}</td>
                <td>{conflict.now ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <button
          type="button"
          className="wb-primary"
          disabled={props.busy || changes.length === 0}
          onClick={props.onApply}
        >
          Apply {changes.length === 1 ? '1 decision' : `${changes.length} decisions`}
        </button>
      </p>
    </div>
  )
}

function Outcome({ outcome: { applied, refused } }: { readonly outcome: OfflineOutcome }) {
  return (
    <div aria-live="polite">
      <p className="wb-note" data-tone={refused.length === 0 ? 'good' : 'bad'}>
        <strong>{applied} applied.</strong>{' '}
        {refused.length === 0 ? '' : `${refused.length} refused: the item was not open to it any more.`}
      </p>
      {refused.length === 0 ? null : (
        <ul>
          {refused.map(({ line, itemId, message }) => (
            <li key={line}>
              Row {line}, <code>{itemId}</code>: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
