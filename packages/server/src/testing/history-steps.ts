import assert from 'node:assert/strict'
import type { ItemActionRequest } from '@recon/client'
import { money, ReconError, toMinorUnits } from '@recon/core'
import { fetchDeposits, tickOf } from '../deposits/fetch-deposits.ts'
import { sha256 } from '../store/digest.ts'
import { bankLine, bookEntry } from './desk-world.ts'
import { confirmProposals } from './firm-world.ts'
import { collectLinks, type HistoryModel, type HistoryWorld, must, type TenantModel } from './history-world.ts'

/** One thing somebody does: to the backend, and to what we believe of it. `pick` decides the details. */
export type HistoryStep = (world: HistoryWorld, model: HistoryModel, tenant: TenantModel, pick: number) => Promise<void>

const usd = (amount: string) => money(amount, 'USD')
const desk = ({ harness }: HistoryWorld, { tenantId }: TenantModel) =>
  harness.client({ tenantId, actorId: 'fin', roles: ['FINANCE', 'ADMIN', 'SENIOR_ACCOUNTANT'] })
const nth = <Value>(values: readonly Value[], pick: number): Value | undefined => values[pick % (values.length || 1)]

/** The code of a breakage that a step may meet; anything else is a failure of the test. */
async function unless<Value>(codes: readonly string[], work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work()
  } catch (error) {
    if (ReconError.is(error) && codes.includes(error.code)) return undefined
    throw error
  }
}

/** Lines that match by reference, only by name, twice, or not at all; the same file may come again. */
const importFile: HistoryStep = async (world, _model, tenant, pick) => {
  const again = pick % 5 === 0 && tenant.imported > 5
  const first = again ? tenant.imported - 1 : tenant.imported
  const lines = []
  const entries = []
  for (let index = first; index < first + (again ? 1 : 1 + (pick % 4)); index++) {
    const amount = `-${(index * 7919) % 40}.${10 + (index % 9)}`
    const wire = { instrument: 'WIRE', transactionCode: '495' } as const
    const references = { endToEndId: `PAY-${3000 + index}` }
    const counterparty = { name: `Supplier ${index % 3}` }
    lines.push(
      bankLine(`B${index}`, amount, index % 4 === 0 ? { counterparty } : { ...wire, references, counterparty }),
    )
    const paymentReference = index % 4 === 1 ? `00PAY${3000 + index}` : `PAY-${3000 + index}`
    if (index % 5 !== 4)
      entries.push(
        bookEntry(`L${index}`, amount, { instrument: 'WIRE', counterparty, references: { paymentReference } }),
      )
    if (index % 5 === 3)
      entries.push(bookEntry(`L${index}b`, amount, { instrument: 'WIRE', references: { paymentReference } }))
  }
  const stored = must(await desk(world, tenant).imports.create({ bankLines: lines, bookEntries: entries }))
  assert.equal(stored.rejectedCount, 0)
  assert.equal(stored.bankLines, again ? 0 : lines.length)
  tenant.imported = Math.max(tenant.imported, first + lines.length)
}

const run: HistoryStep = async (world, _model, tenant, pick) => {
  const policy = pick % 4 === 3 ? 'payments-desk' : 'cash-management'
  const made = await desk(world, tenant).runs.create({ policy, wait: pick % 3 !== 0 })
  if (made.ok && pick % 3 === 0) await world.harness.recon.drain()
}

const actions = (pick: number): readonly ItemActionRequest[] => [
  { action: 'confirm' },
  { action: 'reject', reason: 'not this one' },
  { action: 'flag', reason: `look at ${pick}` },
  { action: 'unflag' },
  { action: 'escalate' },
  { action: 'withdrawEscalation' },
  { action: 'markUnreceived' },
  { action: 'reconcileWithReference', reference: `REF-${pick}` },
  { action: 'reconcile', bookEntryIds: [`L${pick % 12}`] },
  { action: 'awaitJournal' },
  { action: 'revert' },
]

const act: HistoryStep = async (world, _model, tenant, pick) => {
  const client = desk(world, tenant)
  const { rows } = await client.items.list({ limit: 200, counts: false })
  const row = nth(rows, pick)
  const request = nth(actions(pick), pick >> 3)
  if (row === undefined || request === undefined) return
  const { id, version } = row.item
  const done = await unless(['NOT_FOUND'], () => client.items.act({ itemId: id, version, do: request }))
  if (done?.ok) assert.equal(done.value.row.item.version, version + 1)
}

const staleAct: HistoryStep = async (world, _model, tenant, pick) => {
  const client = desk(world, tenant)
  const row = nth((await client.items.list({ limit: 200, counts: false })).rows, pick)
  if (row === undefined) return
  const stale = { itemId: row.item.id, version: row.item.version - 1, do: { action: 'flag', reason: 'late' } } as const
  const done = await unless(['VERSION_CONFLICT'], () => client.items.act(stale))
  assert.equal(done, undefined)
}

const undo: HistoryStep = async (world, _model, tenant, pick) => {
  const client = desk(world, tenant)
  const event = nth(
    (await client.activity.list({ limit: 30 })).rows.filter((one) => one.undoable),
    pick,
  )
  if (event === undefined) return
  const { possible } = await client.activity.previewUndo({ eventId: event.id })
  const undone = await client.activity.undo({ eventId: event.id })
  assert.equal(undone.ok, possible, JSON.stringify(undone))
}

const bulk: HistoryStep = async (world, _model, tenant, pick) => {
  const action =
    pick % 2 === 0 ? ({ action: 'confirm' } as const) : ({ action: 'flag', reason: 'all of them' } as const)
  await desk(world, tenant).items.actOnMany({ ...action, filter: { queue: 'OPEN', currency: 'USD' } })
}

const dispatch: HistoryStep = async (world, model, tenant) => {
  const { staff, runId, contactId } = tenant.firm
  if (tenant.dispatches === 0) await confirmProposals(tenant.firm)
  const { version } = await staff.bookkeeping.state({ runId })
  const sent = await staff.bookkeeping.dispatch({ runId, contactId, version })
  if (sent.ok) {
    assert.ok(tenant.contactActive && !tenant.completed)
    tenant.dispatches += 1
    assert.equal(sent.value.run.generation, tenant.dispatches)
  }
  if (!world.mailServer.failing && !model.troubled) await world.harness.recon.drain()
  await collectLinks(world, tenant)
}

/** Whoever holds a link tries it. Only the newest one opens anything. */
const openLink: HistoryStep = async (world, _model, tenant, pick) => {
  await collectLinks(world, tenant)
  const link = pick % 3 === 0 ? nth(tenant.links, pick) : tenant.links.at(-1)
  if (link === undefined) return
  const { status } = await tenant.phone.enter(link)
  const { generation } = await world.harness.store.db
    .selectFrom('magic_link')
    .select('generation')
    .where('token_hash', '=', sha256(link.split('/').at(-1) ?? ''))
    .executeTakeFirstOrThrow()
  if (generation !== tenant.dispatches || !tenant.contactActive || tenant.completed)
    assert.notEqual(status, 303, 'an old link opened')
}

const answer = (submit: boolean): HistoryStep =>
  async function save(_world, model, tenant, pick) {
    const { portal } = tenant.phone.client
    const asked = await unless(['UNAUTHENTICATED'], () => portal.request())
    if (asked === undefined) return
    assert.ok(tenant.contactActive && !tenant.completed, 'a session outlived its contact or run')
    const item = nth(asked.items, pick)
    if (item === undefined) return
    const note = `note ${pick} of ${model.saves.length}`
    const body = {
      itemId: item.id,
      version: item.version,
      submit,
      kind: 'NO_SUPPORTING',
      note,
      category: 'Cash',
    } as const
    const saved = await portal.answer(body)
    if (saved.ok)
      model.saves.push({ tenantId: tenant.tenantId, itemId: item.id, version: saved.value.item.version, note })
  }

const upload: HistoryStep = async (_world, _model, tenant, pick) => {
  const { portal } = tenant.phone.client
  const asked = await unless(['UNAUTHENTICATED'], () => portal.request())
  const item = nth(asked?.items ?? [], pick)
  if (item === undefined) return
  const bytes = new TextEncoder().encode(`file ${pick}`)
  const announced = pick % 3 === 0 ? sha256('other bytes') : sha256(bytes)
  const file = {
    itemId: item.id,
    fileName: 'a.txt',
    contentType: 'text/plain',
    size: bytes.byteLength,
    sha256: announced,
  }
  const begun = await portal.beginUpload(file)
  if (!begun.ok) return
  const { id } = begun.value.attachment
  const stored = must(await portal.uploadPart({ attachmentId: id, offset: '0', bytes }))
  assert.equal(stored.attachment.status, pick % 3 === 0 ? 'REFUSED' : 'STORED')
}

const resolve: HistoryStep = async (_world, _model, { firm }, pick) => {
  const { senior, runId } = firm
  const row = nth((await senior.bookkeeping.unreconciled({ runId })).rows, pick)
  if (row === undefined) return
  const choices = [
    { action: 'apply' },
    { action: 'pushBack', question: 'which one?' },
    { action: 'escalate', reason: 'too much' },
    { action: 'resolveByStaff', reason: 'we know it' },
    { action: 'reopen' },
  ] as const
  const { id, version } = row.item
  await senior.bookkeeping.resolve({ runId, itemId: id, version, do: choices[(pick >> 2) % 5] ?? choices[0] })
}

const complete: HistoryStep = async (_world, _model, tenant) => {
  const { senior, runId } = tenant.firm
  const { version, unresolvedItemIds } = await senior.bookkeeping.state({ runId })
  const done = await senior.bookkeeping.complete({ runId, version })
  if (!done.ok) return
  assert.deepEqual(unresolvedItemIds, [])
  tenant.completed = true
}

/** Staff decide whatever is open by themselves and close the run. */
const finishRun: HistoryStep = async (world, model, tenant, pick) => {
  if (tenant.dispatches === 0 || tenant.completed) return
  const { senior, runId } = tenant.firm
  for (const { item } of (await senior.bookkeeping.unreconciled({ runId })).rows) {
    if (item.status === 'RESOLVED') continue
    const how = { action: 'resolveByStaff', reason: 'we know it' } as const
    must(await senior.bookkeeping.resolve({ runId, itemId: item.id, version: item.version, do: how }))
  }
  await complete(world, model, tenant, pick)
  if (!tenant.completed) assert.ok((await senior.bookkeeping.state({ runId })).whyNot.complete)
}

const toggleContact: HistoryStep = async (_world, _model, tenant) => {
  const { staff, clientId, contactId } = tenant.firm
  const contact = { clientId, id: contactId, name: 'Cleo Client', email: 'cleo@client.example', canSubmitIntake: true }
  tenant.contactActive = !tenant.contactActive
  must(await staff.clients.saveContact({ ...contact, active: tenant.contactActive }))
}

const payment: HistoryStep = async (world, _model, tenant, pick) => {
  const { placementId } = tenant
  const amount = `${1 + (pick % 90)}.${10 + (pick % 80)}`
  const paymentId = `pay-${pick % 20}`
  const occurredAt = world.harness.clock.now
  const made = await desk(world, tenant).collections.recordPayment({
    placementId,
    paymentId,
    amount: usd(amount),
    occurredAt,
  })
  if (!made.ok) return
  const row = made.value.remittances.find((one) => one.paymentId === paymentId)
  assert.ok(row)
  tenant.payments.push({ remittanceId: row.id, taken: false })
  tenant.recovered += toMinorUnits(usd(amount))
  assert.equal(toMinorUnits(made.value.totals.recovered), tenant.recovered)
}

const chargeback: HistoryStep = async (world, _model, tenant, pick) => {
  const parent = nth(
    tenant.payments.filter((one) => !one.taken),
    pick,
  )
  if (parent === undefined) return
  const { placementId } = tenant
  const back = { parentRemittanceId: parent.remittanceId, paymentId: `back-${parent.remittanceId}-${pick}` }
  const part = pick % 3 === 0 ? { amount: usd('0.37') } : {}
  const { collections } = desk(world, tenant)
  const made = await collections.reverse({ placementId, ...back, ...part, occurredAt: world.harness.clock.now })
  if (!made.ok) return
  parent.taken = pick % 3 !== 0
  const row = made.value.remittances.find((one) => one.paymentId === back.paymentId)
  assert.ok(row)
  tenant.recovered += toMinorUnits(row.recovered)
  assert.equal(toMinorUnits(made.value.totals.recovered), tenant.recovered)
}

const changeRate: HistoryStep = async (world, _model, tenant, pick) => {
  const { placementId } = tenant
  const { collections } = desk(world, tenant)
  const { version } = await collections.placement({ placementId })
  const from = world.harness.clock.now
  await collections.act({ placementId, version, do: { action: 'changeRate', rate: `0.${10 + (pick % 80)}`, from } })
}

const fetchTick: HistoryStep = async (world, _model, tenant, pick) => {
  world.bank.failing = pick % 4 === 0
  const { harness, bank } = world
  const tick = tickOf(harness.clock.now)
  const outcomes = await Promise.all(
    [1, 2].map(() => fetchDeposits(harness.recon.fetchRoom(), tenant.tenantId, tenant.sourceId, tick)),
  )
  const first = !tenant.ticks.has(String(tick))
  tenant.ticks.add(String(tick))
  assert.equal(outcomes.filter((outcome) => outcome !== 'SKIPPED').length, first ? 1 : 0)
  bank.failing = false
}

/** What belongs to one tenant is not there for the other. */
const trespass: HistoryStep = async (world, model, tenant, pick) => {
  const other = model.tenants.find((one) => one !== tenant)
  assert.ok(other)
  const row = nth((await desk(world, other).items.list({ limit: 100, counts: false })).rows, pick)
  if (row === undefined || row.item.bankLineIds.some((id) => !id.startsWith('S'))) return
  const own = desk(world, tenant)
  const found = await unless(['NOT_FOUND'], () => own.bookkeeping.state({ runId: other.firm.runId }))
  assert.equal(found, undefined)
}

const timePasses: HistoryStep = async ({ harness }, _model, _tenant, pick) => {
  const minutes = [1, 16, 61, 60 * 24 * 9][pick % 4] ?? 1
  harness.clock.now = new Date(Date.parse(harness.clock.now) + minutes * 60_000).toISOString()
}

const trouble: HistoryStep = async (world, model, _tenant, pick) => {
  model.troubled = true
  if (pick % 2 === 0) world.books.failNext('BEFORE', 'AFTER')
  else world.mailServer.failing = !world.mailServer.failing
}

const work: HistoryStep = async ({ harness }) => {
  await harness.recon.drain()
}

/** Everything that can happen, with how often it is drawn beside the others. */
export const historySteps: Readonly<Record<string, { readonly step: HistoryStep; readonly weight: number }>> = {
  import: { step: importFile, weight: 4 },
  run: { step: run, weight: 4 },
  act: { step: act, weight: 8 },
  staleAct: { step: staleAct, weight: 1 },
  undo: { step: undo, weight: 4 },
  bulk: { step: bulk, weight: 1 },
  dispatch: { step: dispatch, weight: 5 },
  openLink: { step: openLink, weight: 6 },
  save: { step: answer(false), weight: 6 },
  submit: { step: answer(true), weight: 4 },
  upload: { step: upload, weight: 4 },
  resolve: { step: resolve, weight: 5 },
  complete: { step: complete, weight: 1 },
  finishRun: { step: finishRun, weight: 1 },
  toggleContact: { step: toggleContact, weight: 1 },
  payment: { step: payment, weight: 4 },
  chargeback: { step: chargeback, weight: 3 },
  changeRate: { step: changeRate, weight: 1 },
  fetchTick: { step: fetchTick, weight: 3 },
  trespass: { step: trespass, weight: 1 },
  timePasses: { step: timePasses, weight: 3 },
  trouble: { step: trouble, weight: 1 },
  work: { step: work, weight: 4 },
}
