import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import type { TransactionColumn } from './transaction-columns.tsx'

export const leastColumnWidth = 48
export const mostColumnWidth = 640
const keyStep = 16

export interface ColumnResizerProps {
  readonly column: TransactionColumn
  /** The width it has now, in CSS pixels. */
  readonly width: number
  /** While it is dragged: shown, not kept. */
  readonly onPreview: (width: number) => void
  /** Null takes the column's own width again. */
  readonly onChange: (width: number | null) => void
}

function bounded(width: number): number {
  return Math.round(Math.max(leastColumnWidth, Math.min(mostColumnWidth, width)))
}

/** The edge of a column head: dragged, or moved with the arrow keys; Home or a double click give the column its own width. */
export function ColumnResizer({ column, width, onPreview, onChange }: ColumnResizerProps) {
  const { messages, direction } = useRecon()
  const drag = useRef<{ readonly from: number; readonly width: number } | null>(null)
  const forward = direction === 'rtl' ? -1 : 1
  const dragged = (event: PointerEvent): number | null =>
    drag.current === null ? null : bounded(drag.current.width + forward * (event.clientX - drag.current.from))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return
    event.stopPropagation()
    const by = event.key === 'ArrowRight' ? forward : event.key === 'ArrowLeft' ? -forward : 0
    if (by === 0 && event.key !== 'Home') return
    event.preventDefault()
    onChange(by === 0 ? null : bounded(width + by * keyStep))
  }
  return (
    <span
      role="separator"
      tabIndex={0}
      className="recon-resizer"
      aria-orientation="vertical"
      aria-label={messages.desk.resizeColumn(column.title(messages))}
      aria-valuenow={width}
      aria-valuemin={leastColumnWidth}
      aria-valuemax={mostColumnWidth}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onChange(null)}
      onPointerDown={(event) => {
        drag.current = { from: event.clientX, width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        const next = dragged(event)
        if (next !== null) onPreview(next)
      }}
      onPointerUp={(event) => {
        const next = dragged(event)
        drag.current = null
        if (next !== null && next !== width) onChange(next)
      }}
      onPointerCancel={() => {
        drag.current = null
        onPreview(width)
      }}
    />
  )
}
