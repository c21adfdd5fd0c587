import type { Money } from '@recon/core'
import type { ParseNotice } from '../parse-result.ts'
import { moneyOf } from './camt-amount.ts'
import { child, childrenOf, textAt, type XmlNode } from './camt-xml.ts'

/** One charge of a booking or a payment: from version 3 in `Chrgs/Rcrd`, before it in `Chrgs` itself. */
export interface CamtCharge {
  readonly amount: Money
  readonly type: string | undefined
  /** Whether the booked amount has it in it already. */
  readonly included: boolean
}

export function readCharges(node: XmlNode): CamtCharge[] {
  return childrenOf(node, 'Chrgs').flatMap((charges) => {
    const records = childrenOf(charges, 'Rcrd')
    return (records.length > 0 ? records : [charges]).flatMap((record) => {
      const amount = moneyOf(child(record, 'Amt'))
      if (amount === undefined || /^[0.]+$/.test(amount.amount)) return []
      const type = textAt(record, 'Tp/Cd') ?? textAt(record, 'Tp/Prtry/Id') ?? textAt(record, 'Tp/Prtry')
      const included = textAt(record, 'ChrgInclInd') === 'true' || textAt(record, 'ChrgInclInd') === '1'
      return [{ amount, type, included }]
    })
  })
}

/** Charges move no money of their own here: the booking has them, or another booking will. They explain differences. */
export function chargeNotice(
  charge: CamtCharge,
  account: string,
  reference: string | undefined,
  line: number,
): ParseNotice {
  return {
    kind: 'CHARGES',
    account,
    text: `Charges of ${charge.amount.amount} ${charge.amount.currency}, ${charge.included ? 'in the booked amount' : 'apart from the booked amount'}.`,
    amount: charge.amount,
    ...(charge.type === undefined ? {} : { code: charge.type }),
    facts: { included: String(charge.included), ...(reference === undefined ? {} : { reference }) },
    line,
  }
}
