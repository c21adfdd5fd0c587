import {
  driftBetween,
  idempotencyKey,
  type Money,
  money,
  moveWriteback,
  type ProviderTokens,
  ReconError,
  stampedMemo,
  stampsIn,
  subtractMoney,
  sumMoney,
  type TokenStore,
  type WritebackEvent,
  type WritebackMapping,
} from '@recon/core'
import { quickbooks } from '../quickbooks/quickbooks.ts'
import {
  createQuickbooksSimulator,
  type QuickbooksSimulator,
  quickbooksFault,
} from '../quickbooks/quickbooks-simulator.ts'
import { createFaultDice, type FaultDice } from './fault-dice.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

/** What one run did, and every promise it found broken. */
export interface FaultRunReport {
  readonly seed: number
  readonly writes: number
  readonly faults: number
  readonly failures: number
  readonly drifts: number
  readonly broken: readonly string[]
}

interface Run {
  readonly random: FaultDice
  readonly clock: TestClock
  readonly books: QuickbooksSimulator
  readonly provider: ReturnType<typeof quickbooks>
  readonly mappings: Map<string, WritebackMapping>
  readonly events: string[]
  readonly broken: string[]
  faults: number
  failures: number
  thrown: number
}

const currency = 'USD'
const invoiceTotal = '1000.00'
/** Deterministic and short; a host passes SHA-256. */
const digest = (text: string): string => {
  let hash = 0xcbf29ce484222325n
  for (let index = 0; index < text.length; index++)
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n) & 0xffffffffffffffffn
  return hash.toString(16).padStart(16, '0').repeat(3)
}

/**
 * Drives the writeback rules against the QuickBooks simulator through a seeded history of payments, duplicate deliveries,
 * reversals, lost answers, throttling, stale tokens and people working in the books, then lets everything settle and checks
 * that the books and the mappings say the same.
 */
export async function runQuickbooksFaults(seed: number): Promise<FaultRunReport> {
  const run = begin(seed)
  const steps = 12 + run.random.below(24)
  for (let step = 0; step < steps; step++) await takeStep(run, step)
  await settle(run)
  const drifts = check(run)
  return { seed, writes: run.mappings.size, faults: run.faults, failures: run.failures, drifts, broken: run.broken }
}

function begin(seed: number): Run {
  const random = createFaultDice(seed)
  const clock = createTestClock()
  const books = createQuickbooksSimulator({ clock })
  let kept: ProviderTokens = {
    ...books.issueTokens(),
    accessTokenExpiresAt: new Date(clock.now() + 3_600_000).toISOString(),
  }
  const tokens: TokenStore = {
    load: async () => kept,
    save: async (next) => {
      kept = next
    },
  }
  const provider = quickbooks({
    realmId: '1',
    clientId: 'client',
    clientSecret: 'secret-of-the-app',
    tokens,
    homeCurrency: currency,
    fetch: books.fetch,
    clock,
  })
  for (let invoice = 1; invoice <= 3; invoice++) books.addInvoice({ id: `invoice-${invoice}`, total: invoiceTotal })
  return {
    random,
    clock,
    books,
    provider,
    mappings: new Map(),
    events: [],
    broken: [],
    faults: 0,
    failures: 0,
    thrown: 0,
  }
}

async function takeStep(run: Run, step: number): Promise<void> {
  const { random, books } = run
  run.clock.advance(random.below(900_000))
  const choice = random.below(10)
  if (choice < 4) return pay(run, step)
  if (choice === 4) return redeliver(run)
  if (choice === 5) return revert(run)
  if (choice === 6) return retry(run)
  if (choice === 7) return books.expireAccessTokens()
  return workInTheBooks(run)
}

/** People do what they do: another payment, a payment of ours deleted, a balance edited by a cent or more. */
function workInTheBooks({ random, books }: Run): void {
  const invoiceId = `invoice-${1 + random.below(3)}`
  const kind = random.below(3)
  const [balance] = [...books.invoices.values()]
    .filter((invoice) => invoice.id === invoiceId)
    .map((invoice) => invoice.balance)
  if (kind === 0 && Number(balance) >= 5)
    books.recordPayment({ invoiceId, amount: '5.00', note: 'paid at the counter' })
  if (kind === 1)
    books.editInvoiceBalance(
      invoiceId,
      subtractMoney(money(balance ?? invoiceTotal, currency), money('-0.01', currency)).amount,
    )
  if (kind === 2) {
    const ours = [...books.payments.values()].filter((payment) => !payment.deleted && stampsIn(payment.note).length > 0)
    const victim = ours[random.below(Math.max(1, ours.length))]
    if (victim) books.deletePayment(victim.id)
  }
}

function injectFault(run: Run): void {
  const { random, books } = run
  const writes = (request: { method: string; url: URL }): boolean =>
    request.method === 'POST' && !request.url.pathname.endsWith('bearer')
  const faults = [
    () => books.failNext({ kind: 'LOST_AFTER', matches: writes }),
    () => books.failNext({ kind: 'LOST_BEFORE', matches: writes }),
    () => books.failNext({ kind: 'STATUS', matches: writes, response: quickbooksFault('3001', 'ThrottleExceeded') }),
    () => books.failNext({ kind: 'STATUS', matches: writes, response: { status: 503, body: 'unavailable' } }),
    () => books.failNext({ kind: 'STATUS', matches: writes, response: quickbooksFault('5010', 'Stale Object Error') }),
    // As often in a row as the adapter tries: the write fails although it was carried out.
    () => {
      for (let count = 0; count < 5; count++) books.failNext({ kind: 'LOST_AFTER', matches: writes })
    },
    () => {
      for (let count = 0; count < 5; count++) books.failNext({ kind: 'LOST_BEFORE', matches: writes })
    },
  ]
  if (random.below(100) >= 45) return
  run.faults += 1
  faults[random.below(faults.length)]?.()
}

async function pay(run: Run, step: number): Promise<void> {
  const remittanceId = `remittance-${step}`
  const mapping: WritebackMapping = {
    id: `mapping-${remittanceId}`,
    version: 0,
    provider: 'quickbooks',
    placementId: `placement-${step}`,
    remittanceId,
    invoiceId: `invoice-${1 + run.random.below(3)}`,
    amount: money(`${1 + run.random.below(40)}.${String(run.random.below(100)).padStart(2, '0')}`, currency),
    status: 'pending',
    generation: 1,
    attempts: 0,
  }
  run.mappings.set(remittanceId, mapping)
  run.events.push(remittanceId)
  injectFault(run)
  await send(run, remittanceId)
}

/** The payment processor says the same thing again: the mapping is there, so nothing new is sent. */
async function redeliver(run: Run): Promise<void> {
  const id = run.events[run.random.below(Math.max(1, run.events.length))]
  if (id === undefined) return
  const mapping = run.mappings.get(id)
  if (mapping?.status === 'pending') await send(run, id)
}

async function revert(run: Run): Promise<void> {
  const posted = [...run.mappings.values()].filter(
    (mapping) => mapping.status === 'posted' || mapping.status === 'failed',
  )
  const chosen = posted[run.random.below(Math.max(1, posted.length))]
  if (!chosen) return
  move(run, chosen.remittanceId, 'revert')
  injectFault(run)
  await send(run, chosen.remittanceId)
}

async function retry(run: Run): Promise<void> {
  for (const mapping of [...run.mappings.values()]) {
    if (mapping.status !== 'failed' && mapping.status !== 'revert_failed') continue
    move(run, mapping.remittanceId, 'retry')
    await send(run, mapping.remittanceId)
  }
}

function move(
  run: Run,
  id: string,
  event: WritebackEvent,
  rest: { externalId?: string; failure?: { code: string; message: string } } = {},
): void {
  const mapping = run.mappings.get(id)
  if (!mapping) return
  const moved = moveWriteback(mapping, event, { now: run.clock.instant(), actorId: 'worker', ...rest })
  if (moved.ok) run.mappings.set(id, moved.value.subject)
  else run.broken.push(`${id}: ${event} was refused in ${mapping.status}: ${moved.refusal.message}`)
}

/** What a worker does with one mapping: send, then confirm or fail by the answer. */
async function send(run: Run, id: string): Promise<void> {
  const before = run.mappings.get(id)
  if (!before) return
  const reverting = before.status === 'revert_pending'
  move(run, id, 'send')
  const mapping = run.mappings.get(id) ?? before
  try {
    const externalId = reverting ? await takeBack(run, mapping) : await post(run, mapping)
    move(run, id, 'confirm', { externalId })
  } catch (error) {
    if (!ReconError.is(error)) throw error
    run.thrown += 1
    move(run, id, 'fail', { failure: { code: error.code, message: error.message } })
    const after = run.mappings.get(id)
    if (after?.failure !== undefined) run.failures += 1
  }
}

async function post(run: Run, mapping: WritebackMapping): Promise<string> {
  const memo = stampedMemo(mapping.placementId)
  const receipt = await run.provider.writeback.postPayment?.({
    idempotencyKey: idempotencyKey(mapping, 'post', digest),
    invoiceId: mapping.invoiceId,
    amount: mapping.amount,
    date: '2026-11-20',
    memo: memo.ok ? memo.value : '',
  })
  return receipt?.externalId ?? ''
}

/** A write that failed may have happened: the same key answers with the record, if there is one, and makes it if not. */
async function takeBack(run: Run, mapping: WritebackMapping): Promise<string> {
  const paymentId = mapping.externalId ?? (await post(run, mapping))
  await run.provider.writeback.reversePayment?.({
    idempotencyKey: idempotencyKey(mapping, 'revert', digest),
    paymentId,
    invoiceId: mapping.invoiceId,
    amount: mapping.amount,
    date: '2026-11-21',
    memo: '',
    full: true,
  })
  return paymentId
}

const mostRounds = 20

/** No more faults: everything that waits is tried until nothing does. */
async function settle(run: Run): Promise<void> {
  const waiting = () =>
    [...run.mappings.values()].filter((mapping) => !['posted', 'reverted', 'abandoned'].includes(mapping.status))
  for (let round = 0; waiting().length > 0 && round < mostRounds; round++) {
    for (const mapping of waiting()) {
      run.clock.advance(60_000)
      if (mapping.status === 'failed' || mapping.status === 'revert_failed') move(run, mapping.remittanceId, 'retry')
      await send(run, mapping.remittanceId)
    }
  }
  for (const mapping of waiting())
    run.broken.push(`${mapping.id} is still ${mapping.status}: ${mapping.failure?.message ?? ''}`)
}

function check(run: Run): number {
  const { books, mappings, broken } = run
  if (run.thrown !== run.failures) broken.push(`${run.thrown} writes failed and ${run.failures} failures are visible`)
  const seen = new Set<string>()
  for (const payment of books.payments.values()) {
    for (const placement of stampsIn(payment.note)) {
      if (seen.has(placement)) broken.push(`${placement} was posted twice`)
      seen.add(placement)
    }
  }
  for (const mapping of mappings.values()) checkMapping(run, mapping)
  return [...books.invoices.values()].filter((invoice) => checkDrift(run, invoice.id, invoice.balance)).length
}

function checkMapping({ books, broken }: Run, mapping: WritebackMapping): void {
  const payment = books.payments.get(mapping.externalId ?? '')
  if (mapping.status === 'posted' && payment === undefined) broken.push(`${mapping.id} is posted and not in the books`)
  if (mapping.status === 'posted' && payment && !payment.deleted && payment.amount !== mapping.amount.amount)
    broken.push(`${mapping.id} is ${payment.amount} in the books`)
  if (mapping.status === 'reverted' && payment && !payment.deleted && /[1-9]/.test(payment.amount))
    broken.push(`${mapping.id} is reverted and still in the books`)
}

/** What we believe is open: the invoice less what is posted. The rule must report drift exactly when the books differ by more than a cent. */
function checkDrift({ mappings, broken }: Run, invoiceId: string, live: string): boolean {
  const posted: Money[] = [...mappings.values()]
    .filter((mapping) => mapping.status === 'posted' && mapping.invoiceId === invoiceId)
    .map((mapping) => mapping.amount)
  const cached = subtractMoney(money(invoiceTotal, currency), sumMoney(posted, currency))
  const drift = driftBetween(cached, money(live, currency))
  const cents = Math.round(Math.abs(Number(live) - Number(cached.amount)) * 100)
  const reported = drift.ok && drift.value !== null
  if (reported !== cents > 1)
    broken.push(`${invoiceId}: the books differ by ${cents} cents and drift was ${reported ? '' : 'not '}reported`)
  return reported
}
