import { compareMoney, type Money } from '../money/money.ts'
import type { BookedPayment } from '../provider.ts'
import { defaultStampFormat, type StampFormat, stampsIn } from './memo-stamp.ts'
import type { WritebackMapping } from './writeback-mapping.ts'

/**
 * What a payment that comes in from the books is.
 * OURS: recorded in the mapping, stamped, equal: our own write on its way back, nothing to do.
 * OURS_CHANGED: ours, but amount, invoice or state differ from what was written: somebody edited it.
 * UNRECORDED: stamped for a write that was sent and whose answer we never got: the mapping is completed from it (`confirm`).
 * FORGED: carries our stamp and cannot be ours.
 * OUT_OF_BAND: somebody else's payment.
 */
export type EchoKind = 'OURS' | 'OURS_CHANGED' | 'UNRECORDED' | 'FORGED' | 'OUT_OF_BAND'

export interface Echo {
  readonly kind: EchoKind
  /** The mapping it belongs to, where one is found. */
  readonly mappingId?: string
  /** Why, as a code. */
  readonly reason: string
}

/** Recognises our own writes. The mapping decides; a stamp alone proves nothing, since anybody can type one. */
export function recognizeEcho(
  payment: BookedPayment,
  mappings: readonly WritebackMapping[],
  format: StampFormat = defaultStampFormat,
): Echo {
  const stamps = stampsIn(payment.memo ?? '', format)
  const recorded = mappings.find((mapping) => mapping.externalId === payment.paymentId)
  if (recorded) return ofRecorded(payment, recorded, stamps)
  if (stamps.length === 0) return { kind: 'OUT_OF_BAND', reason: 'NO_STAMP' }
  if (stamps.length > 1) return { kind: 'FORGED', reason: 'SEVERAL_STAMPS' }
  const open = mappings.find(
    (mapping) =>
      mapping.placementId === stamps[0] &&
      mapping.externalId === undefined &&
      mapping.attempts > 0 &&
      sameFacts(payment, mapping),
  )
  if (open) return { kind: 'UNRECORDED', mappingId: open.id, reason: 'WRITE_WITHOUT_ANSWER' }
  return { kind: 'FORGED', reason: 'NO_SUCH_WRITE' }
}

function ofRecorded(payment: BookedPayment, mapping: WritebackMapping, stamps: readonly string[]): Echo {
  const mappingId = mapping.id
  const alive = mapping.status === 'posted'
  if (alive !== (payment.status === 'LIVE')) return { kind: 'OURS_CHANGED', mappingId, reason: 'STATE_DIFFERS' }
  if (!sameFacts(payment, mapping)) return { kind: 'OURS_CHANGED', mappingId, reason: 'AMOUNT_OR_INVOICE_DIFFERS' }
  if (!stamps.includes(mapping.placementId)) return { kind: 'OURS_CHANGED', mappingId, reason: 'STAMP_GONE' }
  return { kind: 'OURS', mappingId, reason: 'RECORDED' }
}

function sameFacts(payment: BookedPayment, mapping: WritebackMapping): boolean {
  return sameMoney(payment.amount, mapping.amount) && payment.invoiceIds.includes(mapping.invoiceId)
}

function sameMoney(left: Money, right: Money): boolean {
  return left.currency === right.currency && compareMoney(left, right) === 0
}
