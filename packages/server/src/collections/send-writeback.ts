import { createHash } from 'node:crypto'
import {
  type Actor,
  idempotencyKey,
  type Money,
  moveWriteback,
  negateMoney,
  type Provider,
  ReconError,
  type Remittance,
  stampedMemo,
  type WritebackEvent,
  type WritebackReceipt,
} from '@recon/core'
import type { Fault, UnitOfWork } from '../store/unit-of-work.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import type { CollectionsServices } from './collections-services.ts'
import { type Creditor, loadCreditor } from './creditor-rows.ts'
import { remittanceOf } from './placement-rows.ts'
import { lockMapping, type StoredMapping, storeMappingChange } from './writeback-rows.ts'

export interface WritebackRoom extends CollectionsServices {
  readonly transact: Transact
  readonly worker: Actor
  readonly fault?: Fault
}

interface Claimed {
  readonly mapping: StoredMapping
  readonly creditor: Creditor
  readonly remittance: Remittance
  readonly parent: StoredMapping | undefined
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * Sends one write to the books. Three steps, each of its own: the mapping says it is in flight, the provider is called with the
 * key of this generation, the answer is recorded. Whatever step a process dies in, the next try uses the same key, and the books
 * answer a repeated write with the first result.
 */
export async function sendWriteback(room: WritebackRoom, tenantId: string, mappingId: string): Promise<void> {
  const claimed = await room.transact(tenantId, room.worker, (unit) => claim(unit, mappingId))
  if (claimed === undefined) return
  await room.fault?.('writeback:claimed')
  const answer = await call(room, claimed)
  await room.fault?.('writeback:answered')
  await room.transact(tenantId, room.worker, (unit) => record(unit, mappingId, answer))
  if ('error' in answer && answer.error.retryable) throw answer.error
}

const waiting: Readonly<Record<string, true>> = {
  pending: true,
  failed: true,
  revert_pending: true,
  revert_failed: true,
}
const inFlight: Readonly<Record<string, true>> = { in_flight: true, revert_in_flight: true }

async function claim(unit: UnitOfWork, mappingId: string): Promise<Claimed | undefined> {
  let mapping = await lockMapping(unit, mappingId)
  if (!waiting[mapping.status] && !inFlight[mapping.status]) return undefined
  if (mapping.status === 'failed' || mapping.status === 'revert_failed') mapping = await move(unit, mapping, 'retry')
  if (!inFlight[mapping.status]) mapping = await move(unit, mapping, 'send')
  const row = await unit.db
    .selectFrom('remittance')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', mapping.remittanceId)
    .executeTakeFirstOrThrow()
  const parent = mapping.partOf === undefined ? undefined : await lockMapping(unit, mapping.partOf)
  return { mapping, creditor: await loadCreditor(unit, row.creditor_id), remittance: remittanceOf(row), parent }
}

async function move(
  unit: UnitOfWork,
  mapping: StoredMapping,
  event: WritebackEvent,
  input: { readonly externalId?: string; readonly failure?: { readonly code: string; readonly message: string } } = {},
): Promise<StoredMapping> {
  const moved = moveWriteback(mapping, event, { now: unit.now, actorId: unit.actor.id, ...input })
  if (!moved.ok)
    throw new ReconError(
      'INTERNAL',
      `The write ${mapping.id} cannot ${event} as ${mapping.status}: ${moved.refusal.message}`,
    )
  // A retry asks for a job; we are that job.
  const effects = event === 'retry' ? [] : moved.value.effects
  return storeMappingChange(unit, mapping, { ...moved.value, effects })
}

type Answer = { readonly externalId: string } | { readonly error: ReconError }

async function call(room: WritebackRoom, claimed: Claimed): Promise<Answer> {
  const provider = room.providers.find((one) => one.name === claimed.mapping.provider)
  try {
    if (provider?.writeback === undefined) {
      throw new ReconError(
        'CONFIGURATION_INVALID',
        `The books "${claimed.mapping.provider}" are not connected any more.`,
      )
    }
    return { externalId: await write(provider, claimed) }
  } catch (error) {
    if (ReconError.is(error)) return { error }
    throw error
  }
}

async function write(provider: Provider, claimed: Claimed): Promise<string> {
  const { mapping, parent } = claimed
  if (mapping.partOf !== undefined) {
    const paymentId = parent?.externalId
    if (paymentId === undefined)
      throw new ReconError('PROVIDER_UNAVAILABLE', 'The payment it takes a part of is not in the books yet.')
    return (await reverse(provider, claimed, paymentId, negateMoney(mapping.amount), false)).externalId
  }
  if (mapping.status === 'in_flight') return (await post(provider, claimed)).externalId
  // A write that failed may have happened: the same key answers with its record, and makes it where there is none.
  const paymentId = mapping.externalId ?? (await post(provider, claimed)).externalId
  await reverse(provider, claimed, paymentId, mapping.amount, true)
  return paymentId
}

async function post(provider: Provider, { mapping, creditor, remittance }: Claimed): Promise<WritebackReceipt> {
  const postPayment = provider.writeback?.postPayment
  if (postPayment === undefined) throw new ReconError('CONFIGURATION_INVALID', `"${provider.name}" takes no payments.`)
  return postPayment({
    idempotencyKey: idempotencyKey(mapping, 'post', sha256),
    invoiceId: mapping.invoiceId,
    amount: mapping.amount,
    date: remittance.occurredAt.slice(0, 10),
    memo: memoOf(mapping),
    ...(creditor.accounts.deposit === undefined ? {} : { depositAccount: creditor.accounts.deposit }),
    reference: remittance.paymentId.slice(0, 21),
  })
}

async function reverse(
  provider: Provider,
  { mapping, creditor, remittance }: Claimed,
  paymentId: string,
  amount: Money,
  full: boolean,
): Promise<WritebackReceipt> {
  const reversePayment = provider.writeback?.reversePayment
  if (reversePayment === undefined)
    throw new ReconError('CONFIGURATION_INVALID', `"${provider.name}" cannot take payments back.`)
  const { receivable, clearing, feeExpense } = creditor.accounts
  return reversePayment({
    idempotencyKey: idempotencyKey(mapping, 'revert', sha256),
    paymentId,
    invoiceId: mapping.invoiceId,
    amount,
    date: remittance.occurredAt.slice(0, 10),
    memo: memoOf(mapping),
    full,
    accounts: {
      ...(receivable === undefined ? {} : { receivable }),
      ...(clearing === undefined ? {} : { clearing }),
      ...(feeExpense === undefined ? {} : { feeExpense }),
    },
    ...(feeExpense === undefined
      ? {}
      : { feeAmount: remittance.fee.amount.startsWith('-') ? negateMoney(remittance.fee) : remittance.fee }),
  })
}

function memoOf(mapping: StoredMapping): string {
  const memo = stampedMemo(mapping.placementId)
  if (!memo.ok) throw new ReconError('RECORD_INVALID', memo.refusal.message, { place: mapping.placementId })
  return memo.value
}

async function record(unit: UnitOfWork, mappingId: string, answer: Answer): Promise<void> {
  const mapping = await lockMapping(unit, mappingId)
  if (!inFlight[mapping.status]) return
  if ('externalId' in answer) await move(unit, mapping, 'confirm', { externalId: answer.externalId })
  else
    await move(unit, mapping, 'fail', {
      failure: { code: answer.error.code, message: answer.error.message.slice(0, 500) },
    })
}
