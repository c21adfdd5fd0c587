import assert from 'node:assert/strict'
import type { Decision, Provider } from '@recon/core'
import { money, ReconError } from '@recon/core'
import { memoryStorage } from '../files/folder-storage.ts'
import type { Store } from '../store/store.ts'
import { type Browser, browser } from './browser.ts'
import { bankLine } from './desk-world.ts'
import { type Firm, firmWorld } from './firm-world.ts'
import type { AcknowledgedSave } from './invariants.ts'
import { type MemoryBooks, memoryBooks } from './memory-books.ts'
import { harnessUrl, type ReconHarness, reconHarness } from './recon-harness.ts'

/** What we believe of one tenant, kept by hand beside the backend. */
export interface TenantModel {
  readonly tenantId: string
  readonly firm: Firm
  readonly phone: Browser
  readonly sourceId: string
  readonly placementId: string
  imported: number
  dispatches: number
  completed: boolean
  contactActive: boolean
  /** Links of the dispatches, oldest first. */
  readonly links: string[]
  /** Sum of what was recovered and taken back, in cents. */
  recovered: bigint
  readonly payments: { readonly remittanceId: string; taken: boolean }[]
  readonly ticks: Set<string>
}

export interface HistoryModel {
  readonly tenants: readonly TenantModel[]
  readonly saves: AcknowledgedSave[]
  /** A provider or mail server failed on the way: something may wait for its retry. */
  troubled: boolean
}

/** The backend with everything outside it in memory: a mail server, books and a bank that can be told to fail. */
export interface HistoryWorld {
  readonly harness: ReconHarness
  readonly mails: Map<string, { readonly to: string; readonly text: string }>
  readonly books: MemoryBooks
  readonly bank: { lines: number; failing: boolean }
  readonly mailServer: { failing: boolean }
  readonly files: ReturnType<typeof memoryStorage>
}

export function must<Value>(decision: Decision<Value>): Value {
  if (decision.ok) return decision.value
  throw new Error(`refused: ${decision.refusal.code} ${decision.refusal.message}`)
}

export function openHistoryWorld(store: Store): HistoryWorld {
  const mails: HistoryWorld['mails'] = new Map()
  const bank = { lines: 0, failing: false }
  const mailServer = { failing: false }
  const books = memoryBooks({ 'inv-1': money('1000000.00', 'USD') })
  const files = memoryStorage()
  const bankFeed: Provider = {
    name: 'memory-bank',
    bankFeed: {
      fetchLines: async () => {
        if (bank.failing) throw new ReconError('PROVIDER_UNAVAILABLE', 'The bank does not answer.')
        bank.lines += 1
        const line = bankLine(`F${bank.lines}`, `${bank.lines}.25`, { account: 'FEED' })
        return { lines: [line], withdrawnLineIds: [], hasMore: false, warnings: [], cursor: String(bank.lines) }
      },
    },
  }
  const harness = reconHarness(store, {
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    secret: 'h'.repeat(40),
    providers: [books.provider, bankFeed],
    files,
    mail: {
      from: 'Firm <firm@firm.example>',
      send: async (mail) => {
        if (mailServer.failing) return { ok: false, failure: 'PASSING', reason: '451 later' }
        mails.set(mail.messageId, { to: mail.to, text: mail.text })
        return { ok: true }
      },
    },
  })
  return { harness, mails, books, bank, mailServer, files }
}

/** A new tenant with a client, a run of its statement, a source of deposits and a placement. */
export async function openTenant(world: HistoryWorld, tenantId: string): Promise<TenantModel> {
  const { harness } = world
  const firm = await firmWorld(harness, tenantId)
  const desk = harness.client({ tenantId, roles: ['FINANCE', 'ADMIN'] })
  const source = must(await desk.sources.create({ name: 'Main', kind: 'FEED', provider: 'memory-bank' }))
  const creditor = must(
    await desk.collections.saveCreditor({
      name: 'Northwind',
      booksProvider: 'memory-books',
      transferDestination: 'acct_1',
    }),
  )
  const placement = must(
    await desk.collections.place({
      creditorId: creditor.id,
      invoiceNumber: 'INV-1',
      invoiceId: 'inv-1',
      invoiceAmount: money('100000.00', 'USD'),
      rate: '0.125',
    }),
  )
  assert.equal(placement.totals.recovered.amount, '0.00')
  return {
    tenantId,
    firm,
    phone: browser(harness),
    sourceId: source.id,
    placementId: placement.id,
    imported: 5,
    dispatches: 0,
    completed: false,
    contactActive: true,
    links: [],
    recovered: 0n,
    payments: [],
    ticks: new Set(),
  }
}

/** The newest link that went out to the tenant's contact by a dispatch, and every one before it. */
export async function collectLinks({ harness, mails }: HistoryWorld, tenant: TenantModel): Promise<void> {
  const rows = await harness.store.db
    .selectFrom('outbox')
    .select('message_id')
    .where('tenant_id', '=', tenant.tenantId)
    .where('template', '=', 'reconciliation-magic-link')
    .orderBy('created_at')
    .execute()
  for (const row of rows) {
    const link = /\S+\/portal\/enter\/[\w-]+/.exec(mails.get(row.message_id)?.text ?? '')?.[0]
    if (link !== undefined && !tenant.links.includes(link)) tenant.links.push(link)
  }
}
