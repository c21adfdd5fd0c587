import { type Balance, type BalanceKind, fromMinorUnits, toMinorUnits } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import { camtAmount, camtDate, creditOrDebit, signed } from './camt-amount.ts'
import { child, textAt, type XmlNode } from './camt-xml.ts'

const kindOf: Readonly<Record<string, BalanceKind>> = {
  OPBD: 'OPENING_BOOKED',
  PRCD: 'OPENING_BOOKED',
  CLBD: 'CLOSING_BOOKED',
  OPAV: 'OPENING_AVAILABLE',
  CLAV: 'CLOSING_AVAILABLE',
  ITBD: 'INTERIM_BOOKED',
  ITAV: 'INTERIM_AVAILABLE',
  FWAV: 'FORWARD_AVAILABLE',
  XPCD: 'EXPECTED',
}

/** @param currency the account's, for balances that do not name theirs */
export function readBalance(node: XmlNode, currency: string | undefined, context: ReaderContext): Balance {
  const code =
    textAt(node, 'Tp/CdOrPrtry/Cd') ??
    textAt(node, 'Tp/CdOrPrtry/Prtry') ??
    textAt(node, 'Tp/Cd') ??
    textAt(node, 'Tp/Prtry')
  const direction = creditOrDebit(node, context)
  if (direction === undefined)
    context.warn(
      'FIELD_MISSING',
      `A ${code ?? ''} balance does not say credit or debit; it is read as written.`,
      node.line,
    )
  const amount = camtAmount(child(node, 'Amt'), currency, context, node)
  const date = camtDate(child(node, 'Dt'), context)
  return {
    kind: kindOf[code ?? ''] ?? 'OTHER',
    amount: signed(amount, direction ?? 'CRDT'),
    ...(date === undefined ? {} : { date }),
    ...(code === undefined ? {} : { code }),
  }
}

/** Opening booked, or the previous closing where the bank gives only that. */
export function openingBalance(balances: readonly Balance[]): Balance | undefined {
  return balances.find((balance) => balance.code === 'OPBD') ?? balances.find((balance) => balance.code === 'PRCD')
}

export function closingBalance(balances: readonly Balance[]): Balance | undefined {
  return balances.find((balance) => balance.code === 'CLBD')
}

/** Opening plus booked entries must be closing. @param booked minor units, in `currency` */
export function checkBalances(
  account: string,
  balances: readonly Balance[],
  booked: bigint,
  currency: string,
  line: number,
  context: ReaderContext,
): void {
  const opening = openingBalance(balances)
  const closing = closingBalance(balances)
  if (opening === undefined || closing === undefined) return
  if (opening.amount.currency !== currency || closing.amount.currency !== currency) {
    context.defect('BALANCE_MISMATCH', {
      line,
      message: `Statement of account ${account}: the balances are in ${opening.amount.currency} and ${closing.amount.currency}, the account in ${currency}.`,
      expected: currency,
    })
    return
  }
  const reached = toMinorUnits(opening.amount) + booked
  if (reached === toMinorUnits(closing.amount)) return
  const amount = fromMinorUnits(reached, currency).amount
  context.defect('BALANCE_MISMATCH', {
    line,
    message: `Statement of account ${account}: opening ${opening.amount.amount} and the booked entries ${fromMinorUnits(booked, currency).amount} make ${amount}, the closing balance is ${closing.amount.amount}.`,
    expected: amount,
    found: closing.amount.amount,
  })
}
