import { createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type BankLine, type BookEntry, type MatchRun, ReconError } from '@recon/core'
import { type CsvColumn, CsvWriter } from '@recon/formats'
import { exceptionColumns, exceptionOf } from './exception-row.ts'
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

/** Writes result.json and the tables of a run into a folder, replacing what an earlier run wrote there. */
export async function writeResultFolder(folder: string, input: FolderInput): Promise<void> {
  const write = (name: string, parts: Iterable<string>) =>
    pipeline(Readable.from(parts), createWriteStream(join(folder, name), { encoding: 'utf8' }))
  await write('result.json', resultJson(input.run, { warnings: input.warnings }))
  await write('links.csv', tableOf(linkColumns, linkRecords(input.run)))
  await write('exceptions.csv', tableOf(exceptionColumns, openExceptions(input)))
  await write('open-ledger.csv', tableOf(openLedgerColumns, openEntries(input)))
  await write('proof.csv', tableOf(proofColumns, proofRows(input)))
}

type Link = ReturnType<typeof linkRecords> extends Iterable<infer Each> ? Each : never

const linkColumns: readonly CsvColumn<Link>[] = [
  { name: 'bank', kind: 'TEXT', value: (link) => link.bank.join(' ') },
  { name: 'ledger', kind: 'TEXT', value: (link) => link.ledger.join(' ') },
  { name: 'status', kind: 'PLAIN', value: (link) => link.status },
  { name: 'rank', kind: 'PLAIN', value: (link) => String(link.rank) },
  { name: 'kind', kind: 'PLAIN', value: (link) => link.kind },
  { name: 'pass', kind: 'PLAIN', value: (link) => link.pass },
  { name: 'scenario', kind: 'PLAIN', value: (link) => link.scenario ?? '' },
  { name: 'confidence', kind: 'PLAIN', value: (link) => link.confidence.toFixed(4) },
  { name: 'difference', kind: 'PLAIN', value: (link) => link.difference.amount },
  { name: 'currency', kind: 'PLAIN', value: (link) => link.difference.currency },
]

const openLedgerColumns: readonly CsvColumn<BookEntry>[] = [
  { name: 'id', kind: 'TEXT', value: ({ id }) => id },
  { name: 'account', kind: 'TEXT', value: ({ account }) => account },
  { name: 'date', kind: 'PLAIN', value: ({ date }) => date },
  { name: 'amount', kind: 'PLAIN', value: ({ amount }) => amount.amount },
  { name: 'currency', kind: 'PLAIN', value: ({ amount }) => amount.currency },
  {
    name: 'reference',
    kind: 'TEXT',
    value: ({ references }) => references.paymentReference ?? references.transactionNumber ?? references.documentNumber,
  },
  { name: 'counterparty', kind: 'TEXT', value: ({ counterparty }) => counterparty?.name },
]

interface ProofRow {
  readonly currency: string
  readonly line: string
  readonly count: string
  readonly amount: string
}

const proofColumns: readonly CsvColumn<ProofRow>[] = [
  { name: 'currency', kind: 'PLAIN', value: ({ currency }) => currency },
  { name: 'line', kind: 'TEXT', value: ({ line }) => line },
  { name: 'count', kind: 'PLAIN', value: ({ count }) => count },
  { name: 'amount', kind: 'PLAIN', value: ({ amount }) => amount },
]

/** The table row by row; text cells cannot start a formula in a spreadsheet. */
function* tableOf<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): Generator<string> {
  const writer = new CsvWriter(columns)
  yield writer.header()
  for (const row of rows) yield writer.row(row)
}

function* openExceptions(input: FolderInput) {
  for (const item of input.run.items) if (item.status !== 'RECONCILED') yield exceptionOf(item, input)
}

function* openEntries({ run, bookEntries }: FolderInput) {
  for (const id of run.openBookEntryIds) {
    const entry = bookEntries.get(id)
    if (entry !== undefined) yield entry
  }
}

function* proofRows({ run }: FolderInput): Generator<ProofRow> {
  for (const proof of run.proofs) {
    const row = (line: string, count: string, amount: string) => ({ currency: proof.currency, line, count, amount })
    yield row('bank lines', '', proof.bankTotal.amount)
    yield row('ledger entries', '', proof.bookTotal.amount)
    yield row('difference', '', proof.difference.amount)
    for (const { cause, count, amount } of proof.causes) yield row(causeWords(cause), String(count), amount.amount)
    yield row('left unexplained', '', proof.unexplained.amount)
  }
}
