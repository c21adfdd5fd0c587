import { ControlGroup, type ControlsProps, listOf } from './control-parts.tsx'

interface SendingFact {
  readonly jobId: string
  readonly state: 'ACCEPTED' | 'DONE' | 'FAILED'
  readonly message: string
  readonly references: readonly string[]
}

const stateWords = { ACCEPTED: 'under way', DONE: 'done', FAILED: 'left behind' } as const

/** Oracle Fusion: takes the file of links and works on it in its own time. */
export function CashControls({ facts, act }: ControlsProps) {
  const unsent = listOf(facts, 'unsent').length
  const sendings = listOf<SendingFact>(facts, 'sendings')
  return (
    <ControlGroup title="Oracle Fusion">
      <p>{unsent === 1 ? '1 link Fusion does not know.' : `${unsent} links Fusion does not know.`}</p>
      <div className="wb-sim-row">
        <button type="button" onClick={() => act('sendToFusion', {})} disabled={unsent === 0}>
          Send the import file
        </button>
        <button
          type="button"
          onClick={() => act('fusionWorks', {})}
          disabled={!sendings.some(({ state }) => state === 'ACCEPTED')}
        >
          Fusion works on it
        </button>
      </div>
      <ul>
        {sendings.slice(0, 5).map((sending) => (
          <li key={sending.jobId}>
            <span>
              Job {sending.jobId}, {sending.references.length} links
            </span>
            <span>
              {stateWords[sending.state]}
              {sending.message === '' ? '' : `: ${sending.message}`}
            </span>
          </li>
        ))}
      </ul>
    </ControlGroup>
  )
}
