import type { CommandIo } from './command.ts'

export interface Progress {
  /** `share` from 0 to 1; undefined where the whole is not known. */
  readonly step: (title: string, share: number | undefined, detail?: string) => void
  readonly end: () => void
}

const barWidth = 24
const redrawMilliseconds = 80
const lineMilliseconds = 2000

/** A bar on a terminal, redrawn in place; elsewhere one plain line per step and every two seconds of a long one. */
export function showProgress(io: CommandIo): Progress {
  let title = ''
  let shown = Number.NEGATIVE_INFINITY
  let drawn = 0
  const clear = () => {
    if (drawn > 0) io.err(`\r${' '.repeat(drawn)}\r`)
    drawn = 0
  }
  return {
    step: (next, share, detail = '') => {
      const started = next !== title
      const now = io.now()
      if (!started && now - shown < (io.interactive ? redrawMilliseconds : lineMilliseconds)) return
      title = next
      shown = now
      if (!io.interactive) {
        io.err(
          started && (share ?? 0) === 0 ? `${title}\n` : `${title} ${percent(share)} ${detail}`.trimEnd().concat('\n'),
        )
        return
      }
      const filled = Math.round(barWidth * Math.min(1, Math.max(0, share ?? 0)))
      const bar = `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`
      const text = `${bar} ${percent(share)} ${title} ${detail}`.trimEnd().slice(0, Math.max(20, io.columns - 1))
      clear()
      io.err(text)
      drawn = text.length
    },
    end: clear,
  }
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : `${String(Math.floor(share * 100)).padStart(3)}%`
}
