import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@recon/client'
import { type BankLine, type Money, type TransactableKind, toMinorUnits } from '@recon/core'
import { collectionsWorld, treasuryWorld } from '@recon/core/testing'
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

/** How Modern Treasury takes each kind of transactable. */
const addedBy = {
  payment_order: 'addPaymentOrder',
  expected_payment: 'addExpectedPayment',
  incoming_payment_detail: 'addIncomingPaymentDetail',
  return: 'addReturn',
  paper_item: 'addPaperItem',
} as const

/** Money in is a credit; only a payment order of direction credit pushes money out. */
function flow(value: Money, kind?: TransactableKind) {
  const minor = toMinorUnits(value)
  const credit = kind === 'payment_order' ? minor < 0n : minor > 0n
  return { amount: minor < 0n ? -minor : minor, direction: credit ? 'credit' : 'debit' } as const
}

/** The treasury's Friday of the fixture world: the payroll of the day before has posted with another amount under another id. */
async function fillTreasury(client: Client, _sample: unknown, world: SimulatedProviders): Promise<void> {
  const bank = world.simulators.treasury
  const { transactables, bookEntries, intraday, payrollPending, payrollPosted } = treasuryWorld
  for (const [at, { kind, amount }] of transactables.entries()) {
    const { counterparty, references } = bookEntries[at] ?? { references: {} }
    const externalId = references.paymentReference ?? references.transactionNumber ?? ''
    bank[addedBy[kind]]({ ...flow(amount, kind), externalId, name: counterparty?.name ?? externalId })
  }
  const told = ({ id, amount, instrument, counterparty, references }: BankLine) => ({
    ...flow(amount),
    vendorId: `BR-${id}`,
    description: [instrument, counterparty?.name, references.endToEndId].filter(Boolean).join(' '),
  })
  const payroll = bank.reportPending(told(payrollPending))
  await readTreasury(client, world.treasury)
  bank.postPriorDay({ [payroll]: { amount: flow(payrollPosted.amount).amount } })
  for (const line of intraday) {
    if (line.status === 'POSTED') bank.reportPosted(told(line))
    else if (line !== payrollPending) bank.reportPending(told(line))
  }
  await readTreasury(client, world.treasury)
}

/** The creditor of the fixture world with three placements: partial payments, a plan, a chargeback, and October's statement. */
async function fillCollections(client: Client, _sample: unknown, world: SimulatedProviders): Promise<void> {
  const { collections } = client
  const { period } = collectionsWorld
  const creditor = accepted(
    await collections.saveCreditor({
      name: collectionsWorld.creditor.name,
      booksProvider: 'quickbooks',
      transferDestination: 'acct_bluestem',
      accounts: { deposit: '35', receivable: '84', clearing: '35', feeExpense: '61' },
    }),
    'The creditor',
  )
  const placementIds = new Map<string, string>()
  for (const { id, invoiceId, invoiceNumber, invoiceAmount, rates } of collectionsWorld.placements) {
    world.simulators.quickbooks.addInvoice({ id: invoiceId ?? id, number: invoiceNumber, total: invoiceAmount.amount })
    const invoice = { creditorId: creditor.id, invoiceNumber, invoiceId: invoiceId ?? id, invoiceAmount }
    placementIds.set(id, accepted(await collections.place({ ...invoice, rate: rates[0].rate }), 'A placement').id)
  }
  const remittanceIds = new Map<string, string>()
  for (const step of collectionsWorld.steps) {
    // transfers are made by Stripe's simulator
    if ((step.step !== 'PAYMENT' && step.step !== 'CHARGEBACK') || step.occurredAt.slice(0, 10) > period.to) continue
    const { paymentId, occurredAt } = step
    const placementId = placementIds.get(step.placementId) ?? ''
    const installment = step.installment === undefined ? {} : { installment: step.installment }
    const result =
      step.step === 'PAYMENT'
        ? await collections.recordPayment({ placementId, paymentId, amount: step.amount, occurredAt, ...installment })
        : await collections.reverse({
            ...{ placementId, paymentId, occurredAt },
            parentRemittanceId: remittanceIds.get(step.parentRemittanceId) ?? '',
          })
    const { remittances } = accepted(result, paymentId)
    remittanceIds.set(step.remittanceId, remittances.find((row) => row.paymentId === paymentId)?.id ?? '')
  }
  accepted(await collections.closeStatement({ creditorId: creditor.id, currency: 'USD', ...period }), 'The statement')
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
