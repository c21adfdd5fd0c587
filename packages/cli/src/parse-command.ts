import { type FormatName, formatNames, type ParseOptions, type ParseWarning, streamStatement } from '@recon/formats'
import { type AccountSummary, accountTally, statementGap } from './account-summary.ts'
import {
  type Command,
  type CommandIo,
  exitCodes,
  flagOption,
  type OptionValues,
  textOption,
  UsageProblem,
} from './command.ts'
import { flatBankLine } from './flat-bank-line.ts'
import { inputFile, readableSize } from './input-file.ts'
import { mappingOption } from './mapping-option.ts'
import { readingOptions } from './reading-options.ts'
import { showProgress } from './terminal-progress.ts'
import { type TextSpool, textSpool } from './text-spool.ts'
import { printable, textTable } from './text-table.ts'

export const parseCommand: Command = {
  name: 'parse',
  summary: 'read one bank file and say what is in it',
  usage: 'parse FILE [--json] [--format NAME] [--map FILE.json] [--tolerate CODE...]',
  options: {
    json: { type: 'boolean', help: 'one JSON object on stdout' },
    format: { type: 'string', value: 'NAME', help: `skip detection: ${formatNames.join(', ')}` },
    map: { type: 'string', value: 'FILE.json', help: 'a column mapping for CSV and XLSX' },
    tolerate: {
      type: 'string',
      multiple: true,
      value: 'CODE...',
      help: 'load files with these defects and warn; ALL for every one that can be tolerated',
    },
    profile: { type: 'string', value: 'BANK', help: 'how the bank writes its files, by name' },
    account: { type: 'string', value: 'TEXT', help: 'the account, for formats that name none' },
    currency: { type: 'string', value: 'CODE', help: 'the currency, for formats that name none' },
    'date-order': { type: 'string', value: 'DMY|MDY|YMD', help: 'for dates that prove nothing by themselves' },
    batches: {
      type: 'string',
      value: 'payments|bookings',
      help: 'camt batches: a line per payment, or per booking (the default)',
    },
  },
  positionals: 1,
  details:
    'A file that is not sound is refused with exit code 1 and the line to blame; nothing of it is printed.\nAmounts are signed: money in is positive.',
  run,
}

interface ReadFile {
  readonly format: FormatName
  readonly warnings: readonly ParseWarning[]
  readonly accounts: readonly AccountSummary[]
  readonly notices: number
  /** The transactions as JSON texts, comma separated. */
  readonly transactions: TextSpool
}

async function run(values: OptionValues, positionals: readonly string[], io: CommandIo): Promise<number> {
  const path = positionals[0]
  if (path === undefined) throw new UsageProblem('name the file to read.')
  const mapping = (await mappingOption(textOption(values, 'map')))?.bank
  const options = {
    batches: 'bookings' as const,
    ...readingOptions(values),
    ...(mapping === undefined ? {} : { mapping }),
  }
  const json = flagOption(values, 'json')
  const transactions = textSpool()
  try {
    const read = await readWhole(path, options, transactions, io)
    if (json) await writeJson(read, io)
    else await writeSummary(path, read, io)
    return exitCodes.ok
  } finally {
    await transactions.close()
  }
}

async function readWhole(
  path: string,
  options: ParseOptions,
  transactions: TextSpool,
  io: CommandIo,
): Promise<ReadFile> {
  const file = await inputFile(path)
  const progress = showProgress(io)
  const warnings: ParseWarning[] = []
  const accounts: AccountSummary[] = []
  let notices = 0
  let count = 0
  const tallies = new Map<string, ReturnType<typeof accountTally>>()
  const tallyOf = (group = '') => {
    const known = tallies.get(group) ?? accountTally()
    tallies.set(group, known)
    return known
  }
  try {
    const stream = await streamStatement(file.open(), {
      ...options,
      onProgress: ({ bytesRead, lines }) => {
        if (file.bytes > 4 * 1024 * 1024)
          progress.step(`reading ${file.name}`, bytesRead / file.bytes, `${lines} lines`)
      },
    })
    for await (const event of stream) {
      if (event.type === 'line') {
        tallyOf(event.group).add(event.line)
        const { provisional, repeated } = event
        const marks = { ...(provisional && { provisional }), ...(repeated && { repeated }) }
        await transactions.add(`${count === 0 ? '' : ','}${JSON.stringify({ ...flatBankLine(event.line), ...marks })}`)
        count += 1
      } else if (event.type === 'statement') accounts.push(tallyOf(event.group).close(event.statement))
      else if (event.type === 'warning') warnings.push(event.warning)
      else notices += 1
    }
    return { format: stream.format, warnings, accounts, notices, transactions }
  } finally {
    progress.end()
  }
}

async function writeJson(read: ReadFile, io: CommandIo): Promise<void> {
  const { format, warnings, accounts } = read
  const head = JSON.stringify({ format, warnings, accounts })
  await io.out(`${head.slice(0, -1)},"transactions":[`)
  for await (const piece of read.transactions.pieces()) await io.out(piece)
  await io.out(']}\n')
}

async function writeSummary(path: string, read: ReadFile, io: CommandIo): Promise<void> {
  const file = await inputFile(path)
  await io.out(`${printable(file.name)}: ${read.format}, ${readableSize(file.bytes)}\n\n`)
  const rows = read.accounts.map((account) => {
    const gap = statementGap(account)
    return [
      account.account,
      account.currency,
      String(account.transactions),
      account.openingBalance ?? '-',
      account.sumCredits,
      account.sumDebits,
      account.closingBalance ?? '-',
      gap === undefined ? 'no balances' : gap.amount,
      account.firstDate === account.lastDate
        ? (account.firstDate ?? '-')
        : `${account.firstDate} to ${account.lastDate}`,
    ]
  })
  const right = 'right' as const
  await io.out(
    textTable(
      [
        { title: 'Account', maximum: 40 },
        { title: 'Currency' },
        { title: 'Lines', align: right },
        { title: 'Opening', align: right },
        { title: '+ In', align: right },
        { title: '- Out', align: right },
        { title: '= Closing', align: right },
        { title: 'Off by', align: right },
        { title: 'Dates' },
      ],
      rows,
    ),
  )
  if (read.notices > 0) await io.out(`\n${read.notices} notices that move no money\n`)
  if (read.warnings.length === 0) return
  await io.out(`\n${read.warnings.length} warnings\n`)
  for (const warning of read.warnings.slice(0, 50)) {
    const line = warning.line === undefined ? '' : `line ${warning.line}: `
    await io.out(`  ${line}${printable(warning.message)} (${warning.code})\n`)
  }
  if (read.warnings.length > 50) await io.out(`  and ${read.warnings.length - 50} more; --json lists them all\n`)
}
