import { type BankLine, type BankStatement, type BookEntry, ReconError } from '@recon/core'
import {
  type BankColumnMapping,
  detectFormat,
  type LedgerColumnMapping,
  type ParseOptions,
  type ParseProgress,
  parseStatement,
  streamLedgerCsv,
} from '@recon/formats'
import { aboutFile, type InputFile, inputFile } from './input-file.ts'
import type { MatchedFile } from './match-summary.ts'
import type { Progress } from './terminal-progress.ts'

export interface FileWarning {
  readonly file: string
  readonly code: string
  readonly message: string
  readonly line?: number
}

export interface BankFile {
  readonly file: MatchedFile
  readonly lines: readonly BankLine[]
  readonly statements: readonly BankStatement[]
  readonly warnings: readonly FileWarning[]
}

export interface LedgerFile {
  readonly file: MatchedFile
  readonly entries: readonly BookEntry[]
  readonly warnings: readonly FileWarning[]
}

function watching(file: InputFile, progress: Progress): (state: ParseProgress) => void {
  return ({ bytesRead, lines }) =>
    progress.step(`reading ${file.name}`, file.bytes === 0 ? 0 : bytesRead / file.bytes, `${lines} records`)
}

/** @throws ReconError naming the file, or the system's error */
export async function readBankFile(
  path: string,
  options: {
    readonly reading: ParseOptions
    readonly mapping: BankColumnMapping | undefined
    readonly progress: Progress
  },
): Promise<BankFile> {
  const file = await inputFile(path)
  try {
    const { format, lines, statements, warnings } = await parseStatement(file.open(), {
      ...options.reading,
      ...(options.mapping === undefined ? {} : { mapping: options.mapping }),
      onProgress: watching(file, options.progress),
    })
    return {
      file: { side: 'bank', name: file.name, format, records: lines.length, warnings: warnings.length },
      lines,
      statements,
      warnings: warnings.map((warning) => ({ file: file.name, ...warning })),
    }
  } catch (error) {
    throw aboutFile(error, file)
  }
}

async function refuseOtherFormats(file: InputFile): Promise<void> {
  for await (const head of file.open()) {
    const format = detectFormat(head)
    if (format === undefined || format === 'csv') return
    throw new ReconError('FORMAT_UNSUPPORTED', `A ledger comes as CSV; this is ${format}. Export it as CSV.`)
  }
}

/** @throws ReconError naming the file, or the system's error */
export async function readLedgerFile(
  path: string,
  options: { readonly mapping: LedgerColumnMapping | undefined; readonly progress: Progress },
): Promise<LedgerFile> {
  const file = await inputFile(path)
  const entries: BookEntry[] = []
  const warnings: FileWarning[] = []
  try {
    await refuseOtherFormats(file)
    const events = streamLedgerCsv(file.open(), {
      ...(options.mapping === undefined ? {} : { mapping: options.mapping }),
      onProgress: watching(file, options.progress),
    })
    for await (const event of events) {
      if (event.type === 'value') entries.push(event.value)
      else if (event.type === 'warning') warnings.push({ file: file.name, ...event.warning })
      else {
        const { line, code, message } = event.row
        warnings.push({ file: file.name, line, code, message: `Row left out: ${message}` })
      }
    }
  } catch (error) {
    throw aboutFile(error, file)
  }
  const described = { side: 'ledger' as const, name: file.name, format: 'csv', records: entries.length }
  return { file: { ...described, warnings: warnings.length }, entries, warnings }
}
