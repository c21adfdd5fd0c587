import { useConnection } from '@recon/react/connected'
import { useRef, useState } from 'react'
import { CashScreen } from './cash-screen.tsx'
import { PageHead } from './page-head.tsx'
import { perform, refreshAfter } from './simulators/use-simulators.ts'

interface Taken {
  readonly kind?: string
  readonly stored?: number
  readonly known?: number
  readonly problems?: readonly string[]
  readonly refused?: string
}

async function sendExport(file: File): Promise<string> {
  const answer = await fetch(`/workbench/fusion/exports?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
  })
  const taken: Taken = await answer.json()
  if (taken.refused !== undefined) return taken.refused
  const what = taken.kind === 'STATEMENT_LINES' ? 'statement lines' : 'journal lines'
  const problems = taken.problems?.length ?? 0
  return `${file.name}: ${taken.stored ?? 0} new ${what}, ${taken.known ?? 0} known, ${problems} not read.`
}

/** A day of Oracle Fusion: its export in, its lines worked like any other, and the links back to it as one file. */
export function FusionScreen() {
  const { store } = useConnection()
  const [words, setWords] = useState<readonly string[]>([])
  const input = useRef<HTMLInputElement>(null)
  const after = (said: readonly string[]) => {
    setWords(said)
    refreshAfter(store)
  }
  return (
    <>
      <PageHead
        title="Oracle Fusion"
        note="Statement lines and journals as Fusion exports them (CSV, XLSX or XML); links go back as its reconciliation import."
      >
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".csv,.xlsx,.xml"
          aria-label="Export of Fusion"
          onChange={async (event) => {
            const said: string[] = []
            for (const file of event.target.files ?? []) said.push(await sendExport(file))
            after(said)
          }}
        />
        <button type="button" onClick={() => input.current?.click()}>
          Read an export
        </button>
        <button type="button" onClick={() => void perform('cash', 'loadSample', {}).then(({ said }) => after([said]))}>
          Read the sample export
        </button>
        <a className="wb-button" href="/workbench/fusion/file" download="CeExternalReconInt.zip">
          Download the import file
        </a>
      </PageHead>
      {words.map((said) => (
        <p key={said} className="wb-note" role="status">
          {said}
        </p>
      ))}
      <CashScreen from="FUSION" filter="ALL" title="Oracle Fusion 300000046971" />
    </>
  )
}
