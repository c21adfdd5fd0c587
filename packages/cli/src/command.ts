/** One option of a command, as `node:util` parseArgs takes it, with the words `--help` prints. */
export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  /** What stands for the value in the help text: `FILE`. */
  readonly value?: string
  readonly help: string
}

/** Where a command reads and writes. Injected, so that tests see every word. */
export interface CommandIo {
  /** Resolves when the reader keeps up: results may be larger than memory allows to buffer. */
  readonly out: (text: string) => Promise<void>
  readonly err: (text: string) => void
  /** Whether stderr is a terminal: a progress bar, or plain lines. */
  readonly interactive: boolean
  /** Width of the terminal in characters. */
  readonly columns: number
  /** Milliseconds, for speeds and for how often progress is shown. */
  readonly now: () => number
  /** Resolves when the person or the system asks the process to stop. */
  readonly stopped: () => Promise<void>
  readonly environment: Readonly<Record<string, string | undefined>>
}

export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

export interface Command {
  readonly name: string
  readonly summary: string
  /** The line after `recon`: `match --bank FILE... --ledger FILE...`. */
  readonly usage: string
  readonly details?: string
  readonly options: Readonly<Record<string, CommandOption>>
  /** At most this many words that are no options. */
  readonly positionals: number
  /** The exit code: 0 done, 1 input refused, 2 called wrongly. */
  readonly run: (values: OptionValues, positionals: readonly string[], io: CommandIo) => Promise<number>
}

export const exitCodes = { ok: 0, refused: 1, usage: 2 } as const

export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export function listOption(values: OptionValues, name: string): readonly string[] {
  const value = values[name]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

export function flagOption(values: OptionValues, name: string): boolean {
  return values[name] === true
}

/** A command called wrongly: exit code 2 and the command's usage line. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem'
}
