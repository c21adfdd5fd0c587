import type { CommandIo } from '../command.ts'

export interface CapturedIo extends CommandIo {
  readonly written: () => { readonly out: string; readonly err: string }
}

/** Streams that remember; a clock that moves by a second whenever it is read. */
export function capturedIo(overrides: Partial<CommandIo> = {}): CapturedIo {
  const out: string[] = []
  const err: string[] = []
  let clock = 0
  return {
    out: async (text) => {
      out.push(text)
    },
    err: (text) => {
      err.push(text)
    },
    interactive: false,
    columns: 100,
    now: () => {
      clock += 1000
      return clock
    },
    stopped: async () => {},
    environment: {},
    ...overrides,
    written: () => ({ out: out.join(''), err: err.join('') }),
  }
}
