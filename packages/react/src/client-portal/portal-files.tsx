import { useRef } from 'react'
import { ProgressBar } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { PortalRequest } from './portal-answer.ts'
import type { FileProgress, PortalLineModel } from './use-client-portal.ts'

export interface FileButtonProps {
  readonly model: PortalLineModel
  readonly request: PortalRequest
  readonly label: string
  readonly tone: 'primary' | 'plain'
  /** Opens the camera at once; only where there is a finger to press with. */
  readonly camera?: boolean
}

/** Opens the phone's own sheet (camera, photos or files), or the camera itself. Dropping a file on the card does the same. */
export function FileButton({ model, request, label, tone, camera = false }: FileButtonProps) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={field}
        type="file"
        className="recon-hidden"
        multiple
        tabIndex={-1}
        aria-label={label}
        accept={camera ? 'image/*' : request.limits.contentTypes.join(',')}
        capture={camera ? 'environment' : undefined}
        onChange={(event) => {
          model.addFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <button
        type="button"
        className="recon-button"
        data-tone={tone}
        data-size="large"
        data-camera={camera ? '' : undefined}
        onClick={() => field.current?.click()}
      >
        {label}
      </button>
    </>
  )
}

/** Files of an answer: those that arrived, those on their way, and those that did not make it. */
export function PortalFiles({ model }: { readonly model: PortalLineModel }) {
  const { messages, format } = useRecon()
  if (model.files.length + model.uploads.length === 0) return null
  return (
    <ul className="recon-portal-files">
      {model.files.map((file) => (
        <li key={file.id} className="recon-portal-file">
          <span className="recon-portal-thumb" aria-hidden="true">
            {file.fileName.split('.').at(-1)?.slice(0, 4)}
          </span>
          <span className="recon-portal-file-words">
            <strong>{file.fileName}</strong>
            <span className="recon-quiet">{messages.portal.uploaded(format.bytes(file.size))}</span>
          </span>
          <span className="recon-portal-check" aria-hidden="true">
            ✓
          </span>
          <RemoveButton name={file.fileName} onClick={() => model.removeFile(file.id)} />
        </li>
      ))}
      {model.uploads.map((upload) => (
        <UploadRow key={upload.key} upload={upload} />
      ))}
    </ul>
  )
}

function UploadRow({ upload }: { readonly upload: FileProgress }) {
  const { messages, format } = useRecon()
  const words = messages.portal
  const progress = words.uploading(format.bytes(upload.received), format.bytes(upload.size))
  const failures = {
    TOO_LARGE: words.tooLarge(format.bytes(upload.size)),
    WRONG_TYPE: words.wrongType,
    FAILED: words.uploadFailed,
    REFUSED: words.uploadRefused,
  }
  return (
    <li className="recon-portal-file" data-tone={upload.failure === null ? undefined : 'danger'}>
      <span className="recon-portal-thumb" aria-hidden="true" />
      <span className="recon-portal-file-words">
        <strong>{upload.fileName}</strong>
        {upload.failure === null ? (
          <>
            <span className="recon-quiet">{progress}</span>
            <ProgressBar done={upload.received} total={upload.size} label={progress} />
          </>
        ) : (
          <span role="alert">{failures[upload.failure]}</span>
        )}
      </span>
      {upload.retry === null ? null : (
        <button
          type="button"
          className="recon-button"
          data-size="large"
          aria-label={`${messages.frame.retry}: ${upload.fileName}`}
          onClick={upload.retry}
        >
          {messages.frame.retry}
        </button>
      )}
      <RemoveButton name={upload.fileName} onClick={upload.cancel} />
    </li>
  )
}

function RemoveButton({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  const { messages } = useRecon()
  return (
    <button type="button" className="recon-portal-remove" aria-label={messages.portal.remove(name)} onClick={onClick}>
      <span aria-hidden="true">×</span>
    </button>
  )
}
