import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@recon/client'
import { parseBankCsv, parseLedgerCsv, parseStatement } from '@recon/formats'
import { type DeskName, deskHeader, desks } from '../app/desk-client.ts'

type Handler = (request: Request) => Promise<Response> | Response

/** The desk a request speaks for; every desk is a tenant of its own. */
export function deskOf(request: Request): DeskName {
  const named = request.headers.get(deskHeader)
  return desks.find((desk) => desk === named) ?? 'cash'
}

/** A client that calls the handler directly: the same contract the browser uses, without a socket. */
function directClient(handler: Handler, desk: DeskName): Client {
  return createClient({
    url: 'http://localhost/recon',
    headers: { [deskHeader]: desk },
    fetch: async (input, init) => handler(new Request(input, init)),
    timeout: 300_000,
  })
}

type Refusable<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: { readonly message: string } }

function accepted<Value>(answer: Refusable<Value>, what: string): Value {
  if (answer.ok) return answer.value
  throw new Error(`${what}: ${answer.refusal.message}`)
}

async function storeAll(client: Client, imports: readonly Parameters<Client['imports']['create']>[0][]): Promise<void> {
  for (const records of imports) {
    const stored = accepted(await client.imports.create(records), 'The sample could not be stored')
    const [rejected] = stored.rejected
    if (rejected !== undefined) throw new Error(`A sample record was refused: ${rejected.message}`)
  }
}

/** Loads the sample bank day and its ledger and matches them, as a person would by dropping the two files. */
async function fillCash(client: Client, sample: (name: string) => Promise<Uint8Array>): Promise<void> {
  const bank = await parseStatement(await sample('bank-day.bai2'))
  const ledger = await parseLedgerCsv(await sample('ledger.csv'))
  const statements = bank.statements.map(({ lines, ...head }) => ({
    ...head,
    balances: [...head.balances],
    lineIds: lines.map((line) => line.id),
  }))
  await storeAll(client, [
    { fileName: 'bank-day.bai2', format: bank.format, bankLines: [...bank.lines], statements },
    { fileName: 'ledger.csv', format: 'csv', bookEntries: [...ledger.entries] },
  ])
  const run = await client.runs.create({ name: 'Bank day, 20 November 2026', policy: 'cash-management', wait: true })
  accepted(run, 'The bank day could not be matched')
}

/** Loads the payments of an app and the deposits of the account they went to. */
async function fillPayments(client: Client, sample: (name: string) => Promise<Uint8Array>): Promise<void> {
  const deposits = await parseBankCsv(await sample('deposits.csv'))
  const payments = await parseLedgerCsv(await sample('payments.csv'))
  await storeAll(client, [
    { fileName: 'deposits.csv', format: 'csv', bankLines: [...deposits.lines] },
    { fileName: 'payments.csv', format: 'csv', bookEntries: [...payments.entries] },
  ])
  const run = await client.runs.create({ name: 'Payments, November 2026', policy: 'payments-desk', wait: true })
  accepted(run, 'The payments could not be matched')
}

const worlds: readonly [DeskName, string, typeof fillCash][] = [
  ['cash', 'the sample bank day', fillCash],
  ['payments', 'the sample payments and deposits', fillPayments],
]

/** Fills every desk that has nothing yet. @throws when a sample is not sound */
export async function fillWorlds(handler: Handler, folder: string, say: (text: string) => void): Promise<void> {
  const sample = (name: string) => readFile(join(folder, name))
  for (const [desk, words, fill] of worlds) {
    const client = directClient(handler, desk)
    const { rows } = await client.imports.list({ limit: 1 })
    if (rows.length > 0) continue
    say(`workbench: first start, loading ${words}`)
    await fill(client, sample)
  }
}
