import { type BankLine, type BankStatement, type BookEntry, ReconError } from '@recon/core'
import {
  type BankColumnMapping,
  detectFormat,
  type LedgerColumnMapping,
  type ParseOptions,
  type ParseProgress,
  parseLedgerXlsx,
  parseStatement,
  type RejectedRow,
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

async function ledgerFormat(file: InputFile): Promise<'csv' | 'xlsx'> {
  for await (const head of file.open()) {
    const format = detectFormat(head)
    if (format === undefined || format === 'csv') return 'csv'
    if (format === 'xlsx') return format
    throw new ReconError('FORMAT_UNSUPPORTED', `A ledger comes as CSV or XLSX; this is ${format}. Export it as CSV.`)
  }
  return 'csv'
}

/** @throws ReconError naming the file, or the system's error */
export async function readLedgerFile(
  path: string,
  options: { readonly mapping: LedgerColumnMapping | undefined; readonly progress: Progress },
): Promise<LedgerFile> {
  const file = await inputFile(path)
  const entries: BookEntry[] = []
  const warnings: FileWarning[] = []
  let format: 'csv' | 'xlsx'
  const leftOut = ({ line, code, message }: RejectedRow) =>
    warnings.push({ file: file.name, line, code, message: `Row left out: ${message}` })
  try {
    format = await ledgerFormat(file)
    const mapping = options.mapping === undefined ? {} : { mapping: options.mapping }
    if (format === 'xlsx') {
      const read = await parseLedgerXlsx(file.open(), mapping)
      for (const entry of read.entries) entries.push(entry)
      for (const warning of read.warnings) warnings.push({ file: file.name, ...warning })
      for (const row of read.rejected) leftOut(row)
    } else {
      const events = streamLedgerCsv(file.open(), { ...mapping, onProgress: watching(file, options.progress) })
      for await (const event of events) {
        if (event.type === 'value') entries.push(event.value)
        else if (event.type === 'warning') warnings.push({ file: file.name, ...event.warning })
        else leftOut(event.row)
      }
    }
  } catch (error) {
    throw aboutFile(error, file)
  }
  const described = { side: 'ledger' as const, name: file.name, format, records: entries.length }
  return { file: { ...described, warnings: warnings.length }, entries, warnings }
}
