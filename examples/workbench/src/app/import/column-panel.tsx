import { type ColumnMapping, previewTable } from '@recon/formats'
import { MappingEditor, useRecon, useTableMapping } from '@recon/react'
import { columnMemory } from './column-memory.ts'
import type { FileSide } from './dropped-file.ts'

const look = (file: File, target: FileSide) => previewTable(file, { target })

/** Which column is what, for a file on the import screen. `onRead` with undefined: as the file is proposed. */
export function ColumnPanel(props: {
  readonly file: File
  readonly side: FileSide
  readonly onRead: (mapping: ColumnMapping | undefined) => void
}) {
  const { messages } = useRecon()
  const model = useTableMapping({ file: props.file, target: props.side, look, memory: columnMemory })
  if (model.state === 'FAILED') return <p className="wb-note">{model.message}</p>
  if (model.state !== 'READY') return <p className="wb-note">{messages.mapping.looking}</p>
  return <MappingEditor model={model} onRead={props.onRead} onReset={() => props.onRead(undefined)} />
}
