import type { BalanceProof } from './balance-proof.ts'
import type { ColumnMapping, ColumnReference } from './column-mapping.ts'
import { type MappingDoubt, type MappingReason, mappingReason } from './mapping-proposal.ts'
import { isNegativeText, type MoneyColumns } from './money-columns.ts'
import { columnName, type Findings, textOf } from './proposal-findings.ts'
import type { ColumnProfile } from './table-profile.ts'

export interface Sign {
  readonly positive: 'MONEY_IN' | 'MONEY_OUT'
  readonly swapped: boolean
}

/** Which direction the amounts have, from the balance, from their own signs, or from what kind of export it is. */
export function signOf(
  findings: Findings,
  proof: BalanceProof | undefined,
  reasons: MappingReason[],
  doubts: MappingDoubt[],
): Sign {
  const { money, rows, profile } = findings
  if (proof !== undefined) {
    reasons.push(mappingReason('sign', { code: proof.inverted ? 'SIGN_INVERTED' : 'SIGN_AS_WRITTEN' }))
    return {
      positive: money.kind === 'SIGNED' && proof.inverted ? 'MONEY_OUT' : 'MONEY_IN',
      swapped: money.kind !== 'SIGNED' && proof.inverted,
    }
  }
  if (money.kind === 'DEBIT_CREDIT') {
    if (!money.named) {
      const negative = (column: ColumnProfile) => rows.some((row) => isNegativeText(textOf(row, column)))
      if (negative(money.credit) && !negative(money.debit)) return { positive: 'MONEY_IN', swapped: true }
      if (!negative(money.debit))
        doubts.push({
          code: 'SIGN_UNPROVEN',
          message: `Nothing says which of ${columnName(money.debit)} and ${columnName(money.credit)} is money in; the second is taken for it.`,
        })
    }
    return { positive: 'MONEY_IN', swapped: false }
  }
  if (money.kind === 'FLAG') {
    if (rows.some((row) => isNegativeText(textOf(row, money.amount)))) {
      doubts.push({
        code: 'SIGN_UNPROVEN',
        message: `Amounts in ${columnName(money.amount)} have signs that do not agree with ${columnName(money.flag)} and no balance decides: the direction is taken from the words.`,
      })
    }
    return { positive: 'MONEY_IN', swapped: false }
  }
  const negatives = rows.filter((row) => isNegativeText(textOf(row, money.amount))).length
  const card = profile.columns.some(
    (column) => column.roles.some((match) => match.role === 'card') || /merchant|handler/i.test(column.header),
  )
  if (card && negatives * 2 < rows.length) {
    doubts.push({
      code: 'SIGN_ASSUMED',
      message: 'A card statement whose amounts are mostly positive: positive is read as money out.',
    })
    return { positive: 'MONEY_OUT', swapped: false }
  }
  if (negatives * 2 < rows.length) {
    const found = negatives === 0 ? 'No amount' : `Only ${negatives} of ${rows.length} amounts`
    doubts.push({
      code: 'SIGN_UNPROVEN',
      message: `${found} in ${columnName(money.amount)} ${negatives === 1 || negatives === 0 ? 'is' : 'are'} negative and no balance proves the sign: positive is read as money in.`,
    })
  }
  return { positive: 'MONEY_IN', swapped: false }
}

/** The amount part of the mapping. */
export function amountOf(
  money: MoneyColumns,
  sign: Sign,
  reference: (column: ColumnProfile) => ColumnReference,
): ColumnMapping['amount'] {
  if (money.kind === 'SIGNED') return { kind: 'SIGNED', column: reference(money.amount) }
  if (money.kind === 'FLAG') {
    const [debit, credit] = sign.swapped ? [money.credit, money.debit] : [money.debit, money.credit]
    return {
      kind: 'FLAG',
      column: reference(money.amount),
      flag: reference(money.flag),
      debit: [...debit],
      credit: [...credit],
      signs: 'IGNORED',
    }
  }
  const [debit, credit] = sign.swapped ? [money.credit, money.debit] : [money.debit, money.credit]
  return { kind: 'DEBIT_CREDIT', debit: reference(debit), credit: reference(credit), debitSign: 'EITHER' }
}
