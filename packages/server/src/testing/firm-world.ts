import assert from 'node:assert/strict'
import type { Client, RunState } from '@recon/client'
import { type BankLine, type BookEntry, money } from '@recon/core'
import { bankLine, bookEntry } from './desk-world.ts'
import type { ReconHarness } from './recon-harness.ts'

/** A firm's client with a statement of five lines: two match, one is proposed, two nobody knows. */
export const firmStatement = {
  id: 'ST-2026-10',
  account: '0048',
  currency: 'USD',
  balances: [],
  provisional: false,
  periodStart: '2026-10-01',
  periodEnd: '2026-10-31',
  openingBalance: { kind: 'OPENING_BOOKED', amount: money('1000.00', 'USD') },
  closingBalance: { kind: 'CLOSING_BOOKED', amount: money('553.21', 'USD') },
} as const

const october = { bookingDate: '2026-10-12' }
const wire = { ...october, instrument: 'WIRE' } as const

export const firmLines: readonly BankLine[] = [
  bankLine('S1', '-120.00', { ...wire, references: { endToEndId: 'INV-2001' } }),
  bankLine('S2', '-80.50', { ...wire, references: { endToEndId: 'INV-2002' } }),
  bankLine('S3', '-45.25', { ...october, counterparty: { name: 'Harbour Coffee Roasters' } }),
  bankLine('S4', '-151.04', {
    ...october,
    counterparty: { name: 'AIRLINE 0987' },
    references: { remittanceText: 'TICKET 7712' },
  }),
  bankLine('S5', '-50.00', { ...october, references: { remittanceText: 'ATM WITHDRAWAL' } }),
]

export const firmEntries: readonly BookEntry[] = [
  bookEntry('J1', '-120.00', { date: '2026-10-11', instrument: 'WIRE', references: { paymentReference: 'INV-2001' } }),
  bookEntry('J2', '-80.50', { date: '2026-10-11', instrument: 'WIRE', references: { paymentReference: 'INV-2002' } }),
  bookEntry('J3', '-45.25', { date: '2026-10-11', counterparty: { name: 'Harbour Coffee Roasters' } }),
]

export interface Firm {
  readonly staff: Client
  readonly senior: Client
  readonly clientId: string
  readonly contactId: string
  readonly runId: string
}

export const firmStaff = { actorId: 'bea', roles: ['BOOKKEEPER'] }
export const firmSenior = { actorId: 'sam', roles: ['SENIOR_ACCOUNTANT'] }

/** A client with a contact, its statement imported and matched. */
export async function firmWorld(harness: ReconHarness, tenantId: string): Promise<Firm> {
  const staff = harness.client({ tenantId, ...firmStaff })
  const senior = harness.client({ tenantId, ...firmSenior })
  const settings = await senior.settings.save({ version: 0, firmName: 'Ledger & Co', notify: ['desk@firm.example'] })
  assert.ok(settings.ok)
  const saved = await staff.clients.save({
    legalName: 'Northwind "Traders" <Ltd>',
    accounts: ['0048'],
    materiality: [{ amount: '100.00', currency: 'USD' }],
    categories: ['Travel', 'Cash', 'Other'],
  })
  assert.ok(saved.ok)
  const clientId = saved.value.id
  const contact = await staff.clients.saveContact({
    clientId,
    name: 'Cleo Client',
    email: 'cleo@client.example',
    canSubmitIntake: true,
  })
  assert.ok(contact.ok)
  const imported = await staff.imports.create({
    clientId,
    bankLines: [...firmLines],
    bookEntries: [...firmEntries],
    statements: [{ ...firmStatement, balances: [], lineIds: firmLines.map((line) => line.id) }],
  })
  assert.ok(imported.ok)
  const run = await staff.runs.create({ clientId, statementId: firmStatement.id, policy: 'bookkeeping' })
  assert.ok(run.ok, JSON.stringify(run))
  return { staff, senior, clientId, contactId: contact.value.id, runId: run.value.id }
}

/** Confirms what is proposed, so that the run can be dispatched. */
export async function confirmProposals({ staff, runId }: Firm): Promise<RunState> {
  const { rows } = await staff.items.list({ runId, queue: 'OPEN', limit: 500 })
  for (const { item } of rows) {
    if (item.matches.some((match) => match.status === 'PROPOSED')) {
      const done = await staff.items.act({ itemId: item.id, version: item.version, do: { action: 'confirm' } })
      assert.ok(done.ok, JSON.stringify(done))
    }
  }
  return staff.bookkeeping.state({ runId })
}

/** Dispatches to the world's contact. */
export async function dispatchFirm(firm: Firm): Promise<RunState> {
  const state = await confirmProposals(firm)
  const sent = await firm.staff.bookkeeping.dispatch({
    runId: firm.runId,
    contactId: firm.contactId,
    version: state.version,
    note: 'Thank you!',
  })
  assert.ok(sent.ok, JSON.stringify(sent))
  return sent.value.run
}
