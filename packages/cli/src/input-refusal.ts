import { ReconError } from '@recon/core'
import { type CommandIo, exitCodes } from './command.ts'

export interface Refused {
  readonly code: string
  readonly message: string
  /** Physical line of the file, from 1, where one is to blame. */
  readonly line?: number
  /** The file, column or setting to blame. */
  readonly place?: string
}

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'It is a folder: name a file.',
  EACCES: 'It may not be read: check its permissions.',
  EADDRINUSE: 'The port is taken: choose another with --port.',
}

/** What a person or a program needs to know about a refused input. Never a stack. */
export function refusedInput(error: unknown): Refused {
  if (ReconError.is(error)) {
    const reason = error.details?.reason
    const line = error.details?.line
    const fromPlace = /^line (\d{1,10})$/.exec(error.place ?? '')?.[1]
    const number = typeof line === 'number' ? line : fromPlace === undefined ? undefined : Number(fromPlace)
    return {
      code: typeof reason === 'string' && reason !== 'LIMIT_EXCEEDED' ? reason : error.code,
      message: error.message,
      ...(number === undefined ? {} : { line: number }),
      ...(error.place === undefined ? {} : { place: error.place }),
    }
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const problem = code === undefined ? undefined : fileProblems[code]
  if (code !== undefined && problem !== undefined) {
    const path = error instanceof Error && 'path' in error ? `${String(error.path)}: ` : ''
    return { code: 'FILE_UNREADABLE', message: `${path}${problem}` }
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
}

/** Says why and answers exit code 1: as one JSON object on stdout, or as a line on stderr. */
export async function reportRefusal(
  error: unknown,
  target: { readonly json: boolean; readonly io: CommandIo },
): Promise<number> {
  const refused = refusedInput(error)
  if (target.json) {
    await target.io.out(`${JSON.stringify({ error: refused })}\n`)
  } else {
    const line = refused.line === undefined ? '' : `, line ${refused.line}`
    target.io.err(`recon: ${refused.message} (${refused.code}${line})\n`)
  }
  return exitCodes.refused
}
