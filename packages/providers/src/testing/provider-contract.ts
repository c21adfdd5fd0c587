import { isIsoDate, type Money, money, type Provider, type ProviderEvent, ReconError } from '@recon/core'
import type { Simulator } from './simulator.ts'
import type { QueuedWebhook } from './webhook-queue.ts'

/** One provider in front of its simulator, fresh for every case. */
export interface ContractWorld {
  readonly provider: Provider
  readonly simulator: Pick<Simulator, 'failNext' | 'requests'>
  /** Milliseconds since 1970, by the clock the provider was given. */
  readonly now: () => number
  /** Values that must never show in an error: keys, tokens, passwords. */
  readonly secrets: readonly string[]
  /** Adds that many bank lines, where the provider has a feed, and returns their ids. */
  readonly addLines?: (count: number) => readonly string[]
  /** Adds that many book entries, where it has books, and returns their ids. */
  readonly addEntries?: (count: number) => readonly string[]
  /** An invoice of 1000.00 to post to, where it writes payments. */
  readonly invoice?: {
    readonly id: string
    readonly currency: string
    readonly balance: () => string
    readonly livePayments: () => number
  }
  /** Makes something happen and returns the signed webhooks of it. */
  readonly webhooks?: () => Promise<readonly QueuedWebhook[]>
}

export interface ContractHarness {
  readonly create: () => ContractWorld
  /** Builds the provider with an option that does not exist: must throw. */
  readonly createMisspelt: () => unknown
}

/** One promise a provider makes. `run` rejects with an Error that says what was broken. */
export interface ContractCase {
  readonly name: string
  readonly run: () => Promise<void>
}

/**
 * What every provider promises, as cases for any test runner:
 * `for (const { name, run } of providerContract(harness)) it(name, run)`.
 */
export function providerContract(harness: ContractHarness): readonly ContractCase[] {
  const shape = harness.create()
  const cases: ContractCase[] = [
    { name: 'refuses an option it does not know', run: () => refusesOptions(harness) },
    { name: 'has a kebab-case name and only roles it can play', run: () => hasRoles(harness.create()) },
  ]
  const { bankFeed, books, writeback, parseWebhook } = shape.provider
  if (bankFeed && shape.addLines)
    cases.push({ name: 'lists bank lines to the end, each once', run: () => listsLines(harness.create()) })
  if (books && shape.addEntries)
    cases.push({ name: 'lists book entries to the end, each once', run: () => listsEntries(harness.create()) })
  if (books) {
    cases.push({ name: 'stops when the caller cancels', run: () => cancels(harness.create()) })
    cases.push({
      name: 'says when it cannot be reached, and that trying again may help',
      run: () => unreachable(harness.create()),
    })
    cases.push({ name: 'waits when it is throttled, and goes on', run: () => throttled(harness.create()) })
    cases.push({ name: 'puts no secret into an error', run: () => keepsSecrets(harness.create()) })
  }
  if (writeback?.postPayment && shape.invoice) {
    cases.push({ name: 'posts a payment once for one key, whatever is lost', run: () => postsOnce(harness.create()) })
    if (writeback.reversePayment)
      cases.push({ name: 'reverses a payment, and again without harm', run: () => reverses(harness.create()) })
  }
  if (parseWebhook && shape.webhooks) {
    cases.push({
      name: 'reads its webhooks, and gives the same event the same id',
      run: () => readsWebhooks(harness.create()),
    })
    cases.push({
      name: 'refuses webhooks that are changed or not signed',
      run: () => refusesWebhooks(harness.create()),
    })
  }
  return cases
}

function demand(condition: boolean, broken: string): asserts condition {
  if (!condition) throw new Error(`The provider contract is broken: ${broken}.`)
}

async function rejection(work: () => Promise<unknown>): Promise<ReconError> {
  try {
    await work()
  } catch (error) {
    demand(ReconError.is(error), `${String(error)} is not a ReconError`)
    return error
  }
  throw new Error('The provider contract is broken: nothing was refused.')
}

async function refusesOptions(harness: ContractHarness): Promise<void> {
  const error = await rejection(async () => harness.createMisspelt())
  demand(error.code === 'CONFIGURATION_INVALID', `a misspelt option gave ${error.code}`)
}

async function hasRoles({ provider }: ContractWorld): Promise<void> {
  demand(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(provider.name), `"${provider.name}" is not kebab-case`)
  for (const [role, value] of Object.entries(provider))
    demand(value !== undefined && value !== null, `${role} is there without being one`)
  for (const role of [provider.bankFeed, provider.books, provider.writeback]) {
    for (const [name, method] of Object.entries(role ?? {}))
      demand(typeof method === 'function', `${name} is not a function`)
  }
}

const mostPages = 1000

async function drain<Page extends { readonly hasMore: boolean; readonly cursor?: string }>(
  fetchPage: (cursor: string | undefined) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = []
  let cursor: string | undefined
  do {
    const page = await fetchPage(cursor)
    pages.push(page)
    demand(pages.length <= mostPages, 'the listing does not end')
    demand(!page.hasMore || page.cursor !== undefined, 'there is more but no cursor to it')
    cursor = page.hasMore ? page.cursor : undefined
  } while (cursor !== undefined)
  return pages
}

function demandAll(seen: readonly { readonly id: string; readonly amount: Money }[], wanted: readonly string[]): void {
  const ids = seen.map((row) => row.id)
  demand(new Set(ids).size === ids.length, 'a record came twice')
  for (const id of wanted) demand(ids.includes(id), `${id} was not listed`)
  for (const { amount } of seen)
    demand(
      money(amount.amount, amount.currency).amount === amount.amount,
      `${amount.amount} ${amount.currency} is not canonical`,
    )
}

async function listsLines({ provider, addLines }: ContractWorld): Promise<void> {
  const wanted = addLines?.(230) ?? []
  const pages = await drain(async (cursor) => {
    const page = await provider.bankFeed?.fetchLines(cursor === undefined ? {} : { cursor })
    demand(page !== undefined, 'there is no bank feed')
    return page
  })
  const lines = pages.flatMap((page) => page.lines)
  demandAll(lines, wanted)
  for (const line of lines) demand(isIsoDate(line.bookingDate), `${line.bookingDate} is not a date`)
}

async function listsEntries({ provider, addEntries }: ContractWorld): Promise<void> {
  const wanted = addEntries?.(230) ?? []
  const pages = await drain(async (cursor) => {
    const page = await provider.books?.fetchEntries(cursor === undefined ? {} : { cursor })
    demand(page !== undefined, 'there are no books')
    return page
  })
  const entries = pages.flatMap((page) => page.entries)
  demandAll(entries, wanted)
  for (const entry of entries) demand(isIsoDate(entry.date), `${entry.date} is not a date`)
}

async function cancels({ provider }: ContractWorld): Promise<void> {
  const error = await rejection(async () => provider.books?.fetchEntries({ signal: AbortSignal.abort() }))
  demand(error.code === 'CANCELLED', `a cancelled call gave ${error.code}`)
}

async function unreachable({ provider, simulator }: ContractWorld): Promise<void> {
  for (let count = 0; count < 20; count++) simulator.failNext({ kind: 'LOST_BEFORE' })
  const error = await rejection(async () => provider.books?.fetchEntries({}))
  demand(
    error.code === 'PROVIDER_UNAVAILABLE' && error.retryable,
    `a lost connection gave ${error.code}, retryable ${error.retryable}`,
  )
  demand(error.provider === provider.name, 'the error does not name the provider')
}

async function throttled({ provider, simulator, now }: ContractWorld): Promise<void> {
  const before = now()
  simulator.failNext({ kind: 'STATUS', response: { status: 429, headers: { 'retry-after': '2' }, body: '' } })
  await provider.books?.fetchEntries({})
  demand(now() > before, 'it did not wait after 429')
}

async function keepsSecrets({ provider, simulator, secrets }: ContractWorld): Promise<void> {
  simulator.failNext({ kind: 'STATUS', response: { status: 400, body: '{"message":"no"}' } })
  const error = await rejection(async () => provider.books?.fetchEntries({}))
  const shown = `${error.message} ${JSON.stringify(error)} ${JSON.stringify(error.details)} ${String(error.stack)}`
  for (const secret of secrets) demand(!shown.includes(secret), 'an error shows a secret')
}

const amountPosted = '333.35'

async function postOnce(world: ContractWorld): Promise<string> {
  const { provider, invoice } = world
  const posting = {
    idempotencyKey: 'contract-post-1',
    invoiceId: invoice?.id ?? '',
    amount: money(amountPosted, invoice?.currency ?? 'USD'),
    date: '2026-11-20',
    memo: '[recon:placement=contract]',
  }
  const receipt = await provider.writeback?.postPayment?.(posting)
  const again = await provider.writeback?.postPayment?.(posting)
  demand(receipt !== undefined && receipt.externalId === again?.externalId, 'the same key gave two records')
  return receipt.externalId
}

async function postsOnce(world: ContractWorld): Promise<void> {
  world.simulator.failNext({
    kind: 'LOST_AFTER',
    matches: (request) => request.method === 'POST' && !/token/.test(request.url.pathname),
  })
  await postOnce(world)
  demand(world.invoice?.livePayments() === 1, `${world.invoice?.livePayments() ?? 0} payments instead of one`)
  demand(world.invoice?.balance() === '666.65', `the balance is ${world.invoice?.balance() ?? ''} instead of 666.65`)
}

async function reverses(world: ContractWorld): Promise<void> {
  const paymentId = await postOnce(world)
  const reversal = {
    idempotencyKey: 'contract-revert-1',
    paymentId,
    invoiceId: world.invoice?.id ?? '',
    amount: money(amountPosted, world.invoice?.currency ?? 'USD'),
    date: '2026-11-21',
    memo: '[recon:placement=contract]',
    full: true,
  }
  await world.provider.writeback?.reversePayment?.(reversal)
  await world.provider.writeback?.reversePayment?.(reversal)
  demand(world.invoice?.balance() === '1000.00', `the balance is ${world.invoice?.balance() ?? ''} instead of 1000.00`)
}

async function parsed(world: ContractWorld, webhook: QueuedWebhook): Promise<readonly ProviderEvent[]> {
  const answer = await world.provider.parseWebhook?.({ ...webhook, receivedAt: new Date(world.now()).toISOString() })
  return answer?.events ?? []
}

async function readsWebhooks(world: ContractWorld): Promise<void> {
  const webhooks = (await world.webhooks?.()) ?? []
  demand(webhooks.length > 0, 'the harness raised no webhook')
  for (const webhook of webhooks) {
    const [first, second] = [await parsed(world, webhook), await parsed(world, webhook)]
    demand(first.length > 0 && first.every((event) => event.eventId !== ''), 'a webhook gave no event with an id')
    demand(
      first.every((event, index) => event.eventId === second[index]?.eventId),
      'the same event has two ids',
    )
  }
}

async function refusesWebhooks(world: ContractWorld): Promise<void> {
  const [webhook] = (await world.webhooks?.()) ?? []
  demand(webhook !== undefined, 'the harness raised no webhook')
  const changed = new Uint8Array([...webhook.body, 32])
  for (const bad of [
    { ...webhook, body: changed },
    { ...webhook, headers: {} },
  ]) {
    const error = await rejection(() => parsed(world, bad))
    demand(error.code === 'WEBHOOK_SIGNATURE_INVALID', `a forged webhook gave ${error.code}`)
  }
}
