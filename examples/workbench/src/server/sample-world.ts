import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@recon/client'
import { parseBankCsv, parseLedgerCsv, parseStatement } from '@recon/formats'
import { type DeskName, deskHeader, desks } from '../app/desk-client.ts'
import type { SimulatedProviders } from './simulators/simulated-providers.ts'
import { readTreasury } from './simulators/treasury-feed.ts'

type Handler = (request: Request) => Promise<Response> | Response

/** The desk a request speaks for; every desk is a tenant of its own. */
export function deskOf(request: Request): DeskName {
  const named = request.headers.get(deskHeader)
  return desks.find((desk) => desk === named) ?? 'cash'
}

/** A client that calls the handler directly: the same contract the browser uses, without a socket. */
export function directClient(handler: Handler, desk: DeskName): Client {
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
  const { version } = await client.settings.get()
  const firm = { version, firmName: 'Harbour Market', notify: ['finance@harbour.example', 'admin@harbour.example'] }
  accepted(await client.settings.save(firm), 'The payments desk could not be set up')
  const feed = { name: 'Meridian Bank through Lean', kind: 'FEED', provider: 'lean' } as const
  accepted(await client.sources.create(feed), 'The deposit source could not be set up')
  const deposits = await parseBankCsv(await sample('deposits.csv'))
  const payments = await parseLedgerCsv(await sample('payments.csv'))
  await storeAll(client, [
    { fileName: 'deposits.csv', format: 'csv', bankLines: [...deposits.lines] },
    { fileName: 'payments.csv', format: 'csv', bookEntries: [...payments.entries] },
  ])
  const run = await client.runs.create({ name: 'Payments, November 2026', policy: 'payments-desk', wait: true })
  accepted(run, 'The payments could not be matched')
}

/** A bookkeeping firm with one client: its October statement matched with the approved journal entries. */
async function fillBookkeeping(client: Client, sample: (name: string) => Promise<Uint8Array>): Promise<void> {
  const firm = { version: 0, firmName: 'Ledger & Co', notify: ['desk@ledger.example'] }
  accepted(await client.settings.save(firm), 'The firm could not be set up')
  const mason = accepted(
    await client.clients.save({
      legalName: 'Mason Industries Pte Ltd',
      accounts: ['0029012290'],
      materiality: [{ amount: '500.00', currency: 'SGD' }],
      categories: ['Telephone and internet', 'Travel', 'Cash', 'Software', 'Personal', 'Something else'],
    }),
    'The client could not be set up',
  )
  const contacts = [
    { name: 'Mei Tan', email: 'mei.tan@mason.example', canSubmitIntake: true },
    { name: 'Arjun Pillai', email: 'arjun@mason.example', canSubmitIntake: false },
  ]
  for (const contact of contacts) {
    accepted(await client.clients.saveContact({ clientId: mason.id, ...contact }), 'A contact could not be set up')
  }
  const bank = await parseStatement(await sample('mason-2026-10.mt940'))
  const journal = await parseLedgerCsv(await sample('mason-journal.csv'))
  const [statement] = bank.statements
  if (statement === undefined) throw new Error('The sample statement is empty.')
  const { lines, ...rest } = statement
  // the client reads this in the mail
  const head = { ...rest, id: 'DBS 0029012290, October 2026' }
  const period = { periodStart: '2026-10-01', periodEnd: '2026-10-31' }
  await storeAll(client, [
    {
      clientId: mason.id,
      fileName: 'mason-2026-10.mt940',
      format: bank.format,
      bankLines: [...lines],
      statements: [{ ...head, ...period, balances: [...head.balances], lineIds: lines.map((line) => line.id) }],
    },
    { clientId: mason.id, fileName: 'mason-journal.csv', format: 'csv', bookEntries: [...journal.entries] },
  ])
  const run = { name: 'Mason Industries, October 2026', clientId: mason.id, statementId: head.id, wait: true }
  accepted(await client.runs.create({ ...run, policy: 'bookkeeping' }), 'The statement could not be matched')
}

/** What waits for money on a treasury's morning: name, minor units (money out negative), kind, reference, how the bank shows it. */
const transactables = [
  ['Vendor Payment 1', -41_022n, 'addPaymentOrder', 'PO-88213', 'PENDING', 'ACH CREDIT'],
  ['Vendor Payment 2', -123_100n, 'addPaymentOrder', 'PO-88214', 'POSTED', 'ACH CREDIT'],
  ['Calder & Finch LLP', -430_000n, 'addPaymentOrder', 'PO-88215', 'PENDING', 'WIRE OUT'],
  ['Bramley Stores Inc', 1_825_000n, 'addExpectedPayment', 'EP-5520', 'POSTED', 'WIRE IN NOVEMBER'],
  ['Everly Hotels Group', 742_055n, 'addExpectedPayment', 'EP-5521', 'PENDING', 'ACH IN'],
  ['Jasper County Utilities', 99_010n, 'addIncomingPaymentDetail', 'IPD-3108', 'POSTED', 'LOCKBOX'],
  ['Thornbury Machine Shop', 967_025n, 'addReturn', 'RT-0417', 'POSTED', 'ACH RETURN R04'],
  ['Lockbox check 104421', 65_540n, 'addPaperItem', '104421', 'PENDING', 'CHECK DEPOSITED'],
  ['Payroll 2026-11', -6_640_000n, 'addPaymentOrder', 'PR-1120', 'REPLACED', 'ACH FILE'],
  ['Oakline Energy Partners', -318_400n, 'addPaymentOrder', 'PO-88220', 'NOT_YET', ''],
] as const

/** Yesterday's pending payroll posted with another amount under another id; some lines are posted, some only pending. */
async function fillTreasury(client: Client, _sample: unknown, world: SimulatedProviders): Promise<void> {
  const bank = world.simulators.treasury
  const flow = (amount: bigint, out: 'credit' | 'debit') =>
    amount < 0n ? { amount: -amount, direction: out } : { amount, direction: 'credit' as const }
  const reported = (shown: string) =>
    transactables
      .filter((one) => one[4] === shown)
      .map(([name, amount, , reference, , text]) => ({
        ...flow(amount, 'debit'),
        vendorId: `BR-${reference}`,
        description: `${text} ${name} ${reference}`,
      }))
  // a payment order of direction credit pushes money out
  for (const [name, amount, add, externalId] of transactables)
    bank[add]({ ...flow(amount, 'credit'), externalId, name })
  const [payroll] = reported('REPLACED').map((line) => bank.reportPending(line))
  await readTreasury(client, world.treasury)
  bank.postPriorDay(payroll === undefined ? {} : { [payroll]: { amount: 6_638_820n } })
  for (const line of reported('POSTED')) bank.reportPosted(line)
  for (const line of reported('PENDING')) bank.reportPending(line)
  await readTreasury(client, world.treasury)
}

/** A creditor with three placements: partial payments, a plan, a chargeback, and October's statement. */
async function fillCollections(client: Client, _sample: unknown, world: SimulatedProviders): Promise<void> {
  const { collections } = client
  const creditor = accepted(
    await collections.saveCreditor({
      name: 'Bluestem Dental Supply',
      booksProvider: 'quickbooks',
      transferDestination: 'acct_bluestem',
      accounts: { deposit: '35', receivable: '84', clearing: '35', feeExpense: '61' },
    }),
    'The creditor',
  )
  let nextInvoice = 145
  const place = async (invoiceNumber: string, amount: string, rate: string) => {
    const invoiceId = String(nextInvoice++)
    world.simulators.quickbooks.addInvoice({ id: invoiceId, number: invoiceNumber, total: amount })
    return accepted(
      await collections.place({
        creditorId: creditor.id,
        invoiceNumber,
        invoiceId,
        invoiceAmount: { amount, currency: 'USD' },
        rate,
      }),
      'A placement',
    )
  }
  const pay = async (placementId: string, paymentId: string, amount: string, day: string, installment?: number) =>
    accepted(
      await collections.recordPayment({
        placementId,
        paymentId,
        amount: { amount, currency: 'USD' },
        occurredAt: `${day}T15:20:00.000Z`,
        ...(installment === undefined ? {} : { installment }),
      }),
      'A payment',
    )
  const first = await place('INV-20931', '1000.00', '0.10')
  await pay(first.id, 'pay_8831', '333.35', '2026-10-08')
  await pay(first.id, 'pay_8907', '500.00', '2026-10-21')
  const plan = await place('INV-20988', '2400.00', '0.18')
  await pay(plan.id, 'pay_8850', '400.00', '2026-10-12', 1)
  const second = await pay(plan.id, 'pay_8951', '400.00', '2026-10-26', 2)
  const [row] = second.remittances.filter((one) => one.paymentId === 'pay_8951')
  const disputed = { placementId: plan.id, paymentId: 'dp_1077', parentRemittanceId: row?.id ?? '' }
  accepted(await collections.reverse({ ...disputed, occurredAt: '2026-10-29T09:00:00.000Z' }), 'A chargeback')
  await place('INV-21040', '615.00', '0.25')
  const period = { creditorId: creditor.id, currency: 'USD', from: '2026-10-01', to: '2026-10-31' }
  accepted(await collections.closeStatement(period), 'The statement')
}

type Fill = (client: Client, sample: (name: string) => Promise<Uint8Array>, world: SimulatedProviders) => Promise<void>

const worlds: readonly [DeskName, string, Fill][] = [
  ['cash', 'the sample bank day', fillCash],
  ['payments', 'the sample payments and deposits', fillPayments],
  ['bookkeeping', 'the sample statement run', fillBookkeeping],
  ['treasury', 'the sample treasury morning', fillTreasury],
  ['collections', 'the sample placements', fillCollections],
]

async function isFilled(client: Client, desk: DeskName): Promise<boolean> {
  const { rows } =
    desk === 'collections' ? await client.collections.creditors({ limit: 1 }) : await client.imports.list({ limit: 1 })
  return rows.length > 0
}

/** Fills every desk that has nothing yet. @throws when a sample is not sound */
export async function fillWorlds(
  handler: Handler,
  folder: string,
  world: SimulatedProviders,
  say: (text: string) => void,
): Promise<void> {
  const sample = (name: string) => readFile(join(folder, name))
  for (const [desk, words, fill] of worlds) {
    const client = directClient(handler, desk)
    if (await isFilled(client, desk)) continue
    say(`workbench: first start, loading ${words}`)
    await fill(client, sample, world)
  }
}
