import { createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type BankLine, type BookEntry, type MatchRun, ReconError } from '@recon/core'
import { exceptionCells, exceptionColumns } from './exception-row.ts'
import { linkRecords, resultJson } from './match-links.ts'
import { causeWords } from './match-summary.ts'
import type { FileWarning } from './matched-files.ts'

export interface FolderInput {
  readonly run: MatchRun
  readonly warnings: readonly FileWarning[]
  readonly bankLines: ReadonlyMap<string, BankLine>
  readonly bookEntries: ReadonlyMap<string, BookEntry>
}

/** Refuses a path that cannot become a folder before any work is done. @throws ReconError CONFIGURATION_INVALID */
export async function checkResultFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && !found.isDirectory()) {
    throw new ReconError('CONFIGURATION_INVALID', `--out ${path} is a file. Name a folder.`, { place: '--out' })
  }
  await mkdir(path, { recursive: true })
}

/** `text` cells cannot start a formula in a spreadsheet; `plain` cells are amounts, dates, counts and codes of ours. */
export type CsvCell = { readonly text: string } | { readonly plain: string }

export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if ('plain' in cell) return cell.plain
  const guarded = /^[=+\-@\t\r]/.test(cell.text) ? `'${cell.text}` : cell.text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

const titles = (names: readonly string[]) => csvRow(names.map((plain) => ({ plain })))

/** Writes result.json and the tables of a run into a folder, replacing what an earlier run wrote there. */
export async function writeResultFolder(folder: string, input: FolderInput): Promise<void> {
  const write = (name: string, parts: Iterable<string>) =>
    pipeline(Readable.from(parts), createWriteStream(join(folder, name), { encoding: 'utf8' }))
  await write('result.json', resultJson(input.run, { warnings: input.warnings }))
  await write('links.csv', linkRows(input))
  await write('exceptions.csv', exceptionRows(input))
  await write('open-ledger.csv', openLedgerRows(input))
  await write('proof.csv', proofRows(input))
}

function* linkRows({ run }: FolderInput): Generator<string> {
  yield titles(['bank', 'ledger', 'status', 'rank', 'kind', 'pass', 'scenario', 'confidence', 'difference', 'currency'])
  for (const link of linkRecords(run)) {
    yield csvRow([
      { text: link.bank.join(' ') },
      { text: link.ledger.join(' ') },
      { plain: link.status },
      { plain: String(link.rank) },
      { plain: link.kind },
      { plain: link.pass },
      { plain: link.scenario ?? '' },
      { plain: link.confidence.toFixed(4) },
      { plain: link.difference.amount },
      { plain: link.difference.currency },
    ])
  }
}

function* exceptionRows(input: FolderInput): Generator<string> {
  yield titles(exceptionColumns)
  for (const item of input.run.items) {
    if (item.status !== 'RECONCILED') yield csvRow(exceptionCells(item, input))
  }
}

function* openLedgerRows({ run, bookEntries }: FolderInput): Generator<string> {
  yield titles(['id', 'account', 'date', 'amount', 'currency', 'reference', 'counterparty'])
  for (const id of run.openBookEntryIds) {
    const entry = bookEntries.get(id)
    if (entry === undefined) continue
    const { paymentReference, transactionNumber, documentNumber } = entry.references
    yield csvRow([
      { text: id },
      { text: entry.account ?? '' },
      { plain: entry.date },
      { plain: entry.amount.amount },
      { plain: entry.amount.currency },
      { text: paymentReference ?? transactionNumber ?? documentNumber ?? '' },
      { text: entry.counterparty?.name ?? '' },
    ])
  }
}

function* proofRows({ run }: FolderInput): Generator<string> {
  yield titles(['currency', 'line', 'count', 'amount'])
  for (const proof of run.proofs) {
    const row = (text: string, count: string, amount: string) =>
      csvRow([{ plain: proof.currency }, { text }, { plain: count }, { plain: amount }])
    yield row('bank lines', '', proof.bankTotal.amount)
    yield row('ledger entries', '', proof.bookTotal.amount)
    yield row('difference', '', proof.difference.amount)
    for (const { cause, count, amount } of proof.causes) yield row(causeWords(cause), String(count), amount.amount)
    yield row('left unexplained', '', proof.unexplained.amount)
  }
}
