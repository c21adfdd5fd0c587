import { type BankLine, type BankStatement, type BookEntry, type MatchRun, matchLines } from '@recon/core'
import {
  type Command,
  type CommandIo,
  exitCodes,
  flagOption,
  listOption,
  type OptionValues,
  textOption,
  UsageProblem,
} from './command.ts'
import { writeIdentifierPairs } from './identifier-pairs.ts'
import { mappingOption } from './mapping-option.ts'
import { inPieces, resultJson } from './match-links.ts'
import { type MatchedFile, matchSummary } from './match-summary.ts'
import { type FileWarning, readBankFile, readLedgerFile } from './matched-files.ts'
import { policyOption } from './policy-option.ts'
import { readingOptions } from './reading-options.ts'
import { checkResultFolder, writeResultFolder } from './result-folder.ts'
import { showProgress } from './terminal-progress.ts'
import { printable } from './text-table.ts'

export const matchCommand: Command = {
  name: 'match',
  summary: 'match bank files with ledger files and prove the difference',
  usage:
    'match --bank FILE... --ledger FILE... [--policy PRESET|FILE.json] [--map FILE.json] [--out DIR] [--json] [--pairs-only]',
  options: {
    bank: { type: 'string', multiple: true, value: 'FILE...', help: 'bank files of any format recon reads' },
    ledger: { type: 'string', multiple: true, value: 'FILE...', help: 'ledger files, CSV' },
    policy: {
      type: 'string',
      value: 'PRESET|FILE.json',
      help: 'a preset by name, or a policy file; cash-management by default',
    },
    map: { type: 'string', value: 'FILE.json', help: 'column mappings for CSV: { "bank": {...}, "ledger": {...} }' },
    out: {
      type: 'string',
      value: 'DIR',
      help: 'write result.json, links.csv, exceptions.csv, open-ledger.csv, proof.csv',
    },
    json: { type: 'boolean', help: 'the result as one JSON object on stdout' },
    'pairs-only': {
      type: 'boolean',
      help: 'only the automatic links, as CSV bank,ledger on stdout; two canonical CSV files without --policy are joined by identifier, amount and date alone',
    },
    tolerate: { type: 'string', multiple: true, value: 'CODE...', help: 'load bank files with these defects and warn' },
    profile: { type: 'string', value: 'BANK', help: 'how the bank writes its files, by name' },
    account: { type: 'string', value: 'TEXT', help: 'the account, for bank formats that name none' },
    currency: { type: 'string', value: 'CODE', help: 'the currency, for bank formats that name none' },
    'date-order': { type: 'string', value: 'DMY|MDY|YMD', help: 'for dates that prove nothing by themselves' },
  },
  positionals: 64,
  details:
    'Without --bank and --ledger the last file named is the ledger and the others are bank files:\n  recon match bank.bai2 ledger.csv\nA row that cannot be read is reported with its line and left out; every other row is matched.',
  run,
}

interface Inputs {
  readonly bank: readonly string[]
  readonly ledger: readonly string[]
}

function inputsOf(values: OptionValues, positionals: readonly string[]): Inputs {
  const bank = listOption(values, 'bank')
  const ledger = listOption(values, 'ledger')
  if (bank.length > 0 && ledger.length > 0) {
    if (positionals.length > 0)
      throw new UsageProblem(`"${positionals[0]}" is neither after --bank nor after --ledger.`)
    return { bank, ledger }
  }
  if (bank.length === 0 && ledger.length === 0 && positionals.length >= 2) {
    return { bank: positionals.slice(0, -1), ledger: positionals.slice(-1) }
  }
  throw new UsageProblem(`name ${bank.length === 0 ? 'a bank file with --bank' : 'a ledger file with --ledger'}.`)
}

async function run(values: OptionValues, positionals: readonly string[], io: CommandIo): Promise<number> {
  const inputs = inputsOf(values, positionals)
  const json = flagOption(values, 'json')
  const pairs = flagOption(values, 'pairs-only')
  if (json && pairs) throw new UsageProblem('--json and --pairs-only exclude each other.')
  const [bankFile, ledgerFile] = [inputs.bank[0], inputs.ledger[0]]
  const plain = ['policy', 'map', 'out', 'tolerate'].every((name) => values[name] === undefined)
  const lonely = inputs.bank.length === 1 && inputs.ledger.length === 1
  if (pairs && plain && lonely && bankFile !== undefined && ledgerFile !== undefined) {
    if (await writeIdentifierPairs(bankFile, ledgerFile, io)) return exitCodes.ok
  }
  const reading = readingOptions(values)
  const policy = await policyOption(textOption(values, 'policy'))
  const mapping = await mappingOption(textOption(values, 'map'))
  const out = textOption(values, 'out')
  if (out !== undefined) await checkResultFolder(out)
  const progress = showProgress(io)
  const bankLines: BankLine[] = []
  const bookEntries: BookEntry[] = []
  const statements: BankStatement[] = []
  const files: MatchedFile[] = []
  const warnings: FileWarning[] = []
  try {
    for (const path of inputs.bank) {
      const read = await readBankFile(path, { reading, mapping: mapping?.bank, progress })
      append(bankLines, read.lines)
      append(statements, read.statements)
      append(warnings, read.warnings)
      files.push(read.file)
    }
    for (const path of inputs.ledger) {
      const read = await readLedgerFile(path, { mapping: mapping?.ledger, progress })
      append(bookEntries, read.entries)
      append(warnings, read.warnings)
      files.push(read.file)
    }
    const started = io.now()
    progress.step('matching', undefined, `${bankLines.length} lines, ${bookEntries.length} entries`)
    const run = matchLines({ bankLines, bookEntries, statements }, policy)
    const seconds = (io.now() - started) / 1000
    progress.end()
    sayWarnings(warnings, io)
    const records = () => ({ bankLines: byId(bankLines), bookEntries: byId(bookEntries) })
    if (out !== undefined) await writeResultFolder(out, { run, warnings, ...records() })
    if (pairs) await writePairs(run, io)
    else if (json) for (const piece of resultJson(run, { warnings })) await io.out(piece)
    else await io.out(matchSummary({ run, files, seconds, ...records() }))
    return exitCodes.ok
  } finally {
    progress.end()
  }
}

/** Push with spread overflows the stack from some hundred thousand records on. */
function append<Value>(target: Value[], values: readonly Value[]): void {
  for (const value of values) target.push(value)
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

const warningsShown = 20

function sayWarnings(warnings: readonly FileWarning[], io: CommandIo): void {
  for (const warning of warnings.slice(0, warningsShown)) {
    const line = warning.line === undefined ? '' : `:${warning.line}`
    io.err(`${warning.file}${line}: ${printable(warning.message)} (${warning.code})\n`)
  }
  if (warnings.length > warningsShown) {
    io.err(`and ${warnings.length - warningsShown} more warnings: --json or --out lists them all\n`)
  }
}

async function writePairs(run: MatchRun, io: CommandIo): Promise<void> {
  for (const piece of inPieces(pairLines(run))) await io.out(piece)
}

function* pairLines(run: MatchRun): Generator<string> {
  yield 'bank,ledger\n'
  // the links as they are: their evidence is never built
  for (const match of run.matches) {
    if (match.status !== 'AUTO') continue
    for (const bank of match.bankLineIds) {
      for (const ledger of match.bookEntryIds) yield `${cell(bank)},${cell(ledger)}\n`
    }
  }
}

/** Ids are written as they are, quoted where CSV needs it: they are read by programs that look them up. */
function cell(id: string): string {
  return /[",\r\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id
}
