import { MappingEditor } from '../mapping-editor/mapping-editor.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { ProgressBar } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { ImportPreviewTable } from './import-preview.tsx'
import { type ImportDialogModel, type ImportSource, useImportDialog } from './use-import-dialog.ts'

export type { ImportSource } from './use-import-dialog.ts'

export interface ImportDialogProps {
  readonly open: boolean
  readonly source: ImportSource
  readonly onClose: () => void
}

/**
 * A CSV or XLSX file in: which column is what and why, what it will become, and which rows cannot be read, before anything
 * is stored. Columns a person corrects are kept for the next file of the source.
 */
export function ImportDialog({ open, source, onClose }: ImportDialogProps) {
  const { messages } = useRecon()
  const words = messages.importing
  const model = useImportDialog(source, onClose)
  const { progress } = model
  const total = model.preview?.total ?? 0
  return (
    <ModalFrame
      open={open}
      onOpenChange={(next) => next || model.close()}
      title={words.title}
      size="large"
      footer={
        <>
          {progress === null ? null : (
            <div className="recon-import-progress" role="status">
              <ProgressBar {...progress} label={words.importing(progress.done, progress.total)} />
              {words.importing(progress.done, progress.total)}
            </div>
          )}
          <div className="recon-foot-end">
            <ActionButton action={model.close}>{messages.frame.cancel}</ActionButton>
            <ActionButton
              tone="primary"
              busy={progress !== null}
              action={model.run}
              reason={model.stale ? words.readFirst : undefined}
            >
              {words.run(total)}
            </ActionButton>
          </div>
        </>
      }
    >
      <div className="recon-import">
        <FileChoice name={model.file?.name} onFile={model.choose} />
        <Failure model={model} />
        {model.mapping.state === 'LOOKING' ? (
          <p className="recon-quiet" role="status">
            {messages.mapping.looking}
          </p>
        ) : null}
        {model.mapping.state === 'READY' ? (
          <MappingEditor model={model.mapping} onRead={model.read} busy={model.reading} />
        ) : null}
        {model.preview === null ? null : (
          <div className="recon-import" data-stale={model.stale ? '' : undefined}>
            <ImportPreviewTable preview={model.preview} />
          </div>
        )}
      </div>
    </ModalFrame>
  )
}

function Failure({ model }: { readonly model: ImportDialogModel }) {
  const words = model.mapping.state === 'FAILED' ? model.mapping.message : model.failure
  if (words === null) return null
  return (
    <p className="recon-notice" data-tone="danger" role="alert">
      {words}
    </p>
  )
}

const accepted = '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

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
        accept={accepted}
        aria-label={messages.importing.choose}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) onFile(file)
        }}
      />
      <strong>
        <bdi>{name ?? messages.importing.choose}</bdi>
      </strong>{' '}
      <span className="recon-quiet">{messages.importing.dropHint}</span>
    </label>
  )
}
