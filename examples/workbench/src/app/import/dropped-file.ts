import { type BankLine, type BankStatement, type BookEntry, ReconError } from '@recon/core'
import { type ColumnMapping, detectFormat, parseLedgerFile, parseStatement } from '@recon/formats'

export type FileSide = 'bank' | 'ledger'

export interface ReadFile {
  readonly name: string
  readonly size: number
  readonly side: FileSide
  readonly format: string
  readonly bankLines: readonly BankLine[]
  readonly bookEntries: readonly BookEntry[]
  readonly statements: readonly BankStatement[]
  readonly warnings: readonly FileProblem[]
}

export interface FileProblem {
  readonly code: string
  readonly message: string
  readonly line?: number
}

export type DroppedFile =
  | { readonly state: 'reading'; readonly name: string; readonly share: number; readonly records: number }
  | { readonly state: 'read'; readonly name: string; readonly file: ReadFile }
  | { readonly state: 'refused'; readonly name: string; readonly problem: FileProblem }

const headBytes = 64 * 1024
const ledgerWords = /payment_?reference|transaction_?number|document_?number|gl_?date|voucher|journal/i

/** A ledger is a CSV whose header speaks of payments and documents; everything else is a bank file. The person may say otherwise. */
export async function likelySide(file: File): Promise<FileSide> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
  if (detectFormat(head) !== 'csv') return 'bank'
  const [header = ''] = new TextDecoder().decode(head).split('\n', 1)
  return ledgerWords.test(header.replaceAll(/\s/g, '')) ? 'ledger' : 'bank'
}

/** CSV and XLSX hold columns that a person may have to name. */
export async function isTable(file: File): Promise<boolean> {
  const format = detectFormat(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()))
  return format === 'csv' || format === 'xlsx'
}

/** Reads a file in the browser; nothing leaves it. @throws ReconError when the file is refused */
export async function readDropped(
  file: File,
  side: FileSide,
  options: {
    readonly mapping?: ColumnMapping
    readonly signal: AbortSignal
    readonly onProgress: (share: number, records: number) => void
  },
): Promise<ReadFile> {
  const watch = {
    signal: options.signal,
    onProgress: ({ bytesRead, lines }: { readonly bytesRead: number; readonly lines: number }) =>
      options.onProgress(file.size === 0 ? 1 : bytesRead / file.size, lines),
  }
  const facts = { name: file.name, size: file.size, side }
  if (side === 'ledger') {
    const mapping = options.mapping?.target === 'ledger' ? { mapping: options.mapping } : {}
    const { entries, warnings, rejected } = await parseLedgerFile(file, { ...watch, ...mapping })
    if (entries.length === 0) {
      throw new ReconError('FORMAT_INVALID', rejected[0]?.message ?? 'The file holds no ledger row.')
    }
    const left = rejected.map(({ line, code, message }) => ({ line, code, message: `Row left out: ${message}` }))
    return {
      ...facts,
      format: detectFormat(new Uint8Array(await file.slice(0, headBytes).arrayBuffer())) ?? 'csv',
      bankLines: [],
      statements: [],
      bookEntries: entries,
      warnings: [...left, ...warnings],
    }
  }
  const mapping = options.mapping?.target === 'bank' ? { mapping: options.mapping } : {}
  const { format, lines, statements, warnings } = await parseStatement(file, { ...watch, ...mapping })
  return { ...facts, format, bankLines: lines, statements, bookEntries: [], warnings }
}

export function problemOf(error: unknown): FileProblem {
  if (!ReconError.is(error))
    return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
  const reason = error.details?.reason
  const line = error.details?.line
  return {
    code: typeof reason === 'string' ? reason : error.code,
    message: error.message,
    ...(typeof line === 'number' ? { line } : {}),
  }
}
