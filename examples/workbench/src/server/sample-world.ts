import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@recon/client'
import { parseLedgerCsv, parseStatement } from '@recon/formats'

/** A client that calls the handler directly: the same contract the browser uses, without a socket. */
export function directClient(handler: (request: Request) => Promise<Response> | Response): Client {
  return createClient({
    url: 'http://localhost/recon',
    fetch: async (input, init) => handler(new Request(input, init)),
    timeout: 300_000,
  })
}

async function sample(folder: string, name: string): Promise<Uint8Array> {
  return readFile(join(folder, name))
}

/** True when this database was filled before. */
export async function isFilled(client: Client): Promise<boolean> {
  const { rows } = await client.imports.list({ limit: 1 })
  return rows.length > 0
}

/**
 * Loads the sample bank day and its ledger and matches them, as a person would by dropping the two files.
 * @throws ReconError when a sample is not sound
 */
export async function fillWithBankDay(client: Client, folder: string): Promise<void> {
  const bank = await parseStatement(await sample(folder, 'bank-day.bai2'))
  const ledger = await parseLedgerCsv(await sample(folder, 'ledger.csv'))
  const statements = bank.statements.map(({ lines, ...head }) => ({
    ...head,
    balances: [...head.balances],
    lineIds: lines.map((line) => line.id),
  }))
  const stored = [
    await client.imports.create({
      fileName: 'bank-day.bai2',
      format: bank.format,
      bankLines: [...bank.lines],
      statements,
    }),
    await client.imports.create({ fileName: 'ledger.csv', format: 'csv', bookEntries: [...ledger.entries] }),
  ]
  for (const answer of stored) {
    if (!answer.ok) throw new Error(`The sample could not be stored: ${answer.refusal.message}`)
    const [rejected] = answer.value.rejected
    if (rejected !== undefined) throw new Error(`A sample record was refused: ${rejected.message}`)
  }
  const run = await client.runs.create({ name: 'Bank day 2026-11-20', policy: 'cash-management', wait: true })
  if (!run.ok) throw new Error(`The sample could not be matched: ${run.refusal.message}`)
}
