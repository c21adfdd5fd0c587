import { type ReactNode, useId, useState } from 'react'
import { DepositSourceBar } from '../deposit-source-bar/deposit-source-bar.tsx'
import { ImportDialog, type ImportSource } from '../deposit-source-bar/import-dialog.tsx'
import { EmptyState, instead } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { depositSourceOf, useDepositSources } from './use-deposit-sources.ts'

export interface DepositSourcePanelProps {
  /** The source to show; the first where absent, with a choice where there are several. */
  readonly sourceId?: string | undefined
  readonly onSourceChange?: ((sourceId: string) => void) | undefined
  /** Reads a file for "Upload CSV": the host's parser, for example @recon/formats. Without it there is no upload. */
  readonly upload?: ImportSource | undefined
  /** Opens the host's own upload instead of the dialog. */
  readonly onUpload?: ((sourceId: string) => void) | undefined
  /** The host's own buttons. */
  readonly children?: ReactNode
}

/** The bar of a deposit source, kept up to date by the client of the root. */
export function DepositSourcePanel(props: DepositSourcePanelProps) {
  const { messages } = useRecon()
  const words = messages.screens.deposits
  const sources = useDepositSources()
  const [own, setOwn] = useState<string | null>(null)
  const [uploading, setUploading] = useState(false)
  const chosen = props.sourceId ?? own
  const row = sources.rows.find(({ id }) => id === chosen) ?? sources.rows[0]
  const blocked = instead(sources.state, 1)
  if (blocked !== null) return blocked
  if (row === undefined) {
    return (
      <EmptyState title={words.none} hint={words.noneHint}>
        {props.children}
      </EmptyState>
    )
  }
  const { onUpload, upload } = props
  const open = onUpload === undefined ? () => setUploading(true) : () => onUpload(row.id)
  return (
    <>
      <DepositSourceBar
        source={depositSourceOf(row)}
        fetching={sources.fetchingId === row.id}
        actions={{
          ...sources.actionsOf(row),
          upload: upload === undefined && onUpload === undefined ? null : open,
        }}
      >
        {sources.rows.length < 2 ? null : (
          <SourceChoice
            rows={sources.rows}
            chosen={row.id}
            onChange={(id) => {
              setOwn(id)
              props.onSourceChange?.(id)
            }}
          />
        )}
        {props.children}
      </DepositSourceBar>
      {upload === undefined ? null : (
        <ImportDialog
          open={uploading}
          source={upload}
          onClose={() => {
            setUploading(false)
            sources.reload()
          }}
        />
      )}
    </>
  )
}

interface SourceChoiceProps {
  readonly rows: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: string
  readonly onChange: (id: string) => void
}

function SourceChoice({ rows, chosen, onChange }: SourceChoiceProps) {
  const { messages } = useRecon()
  const id = useId()
  return (
    <>
      <label htmlFor={id} className="recon-hidden">
        {messages.screens.deposits.sources}
      </label>
      <select id={id} className="recon-input" value={chosen} onChange={(event) => onChange(event.target.value)}>
        {rows.map((row) => (
          <option key={row.id} value={row.id}>
            {row.name}
          </option>
        ))}
      </select>
    </>
  )
}
