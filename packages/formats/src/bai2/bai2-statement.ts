import { type Balance, fromMinorUnits, toMinorUnits } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import type { StatementAssembly } from '../statement-assembly.ts'
import type { Bai2GroupHeader } from './bai2-header.ts'

export interface Bai2AccountHead {
  readonly account: string
  readonly currency: string
  readonly balances: readonly Balance[]
  readonly line: number
}

/** Interim reports, of the day before or of the day itself, by the as-of date modifier. */
export function isInterim({ modifier }: Bai2GroupHeader): boolean {
  return modifier === '1' || modifier === '3' || modifier === '4'
}

/** Announces an account's statement. */
export function announceStatement(
  account: Bai2AccountHead,
  group: Bai2GroupHeader,
  assembly: StatementAssembly,
  context: ReaderContext,
): void {
  const opening = account.balances.find((balance) => balance.code === '010')
  const closing = account.balances.find((balance) => balance.code === '015')
  checkBalances(account, opening, closing, group, assembly, context)
  if (group.status === '2')
    context.emit({
      type: 'notice',
      notice: {
        kind: 'DELETED_DATA',
        account: account.account,
        date: group.date,
        text: 'The bank takes back all data of this account for this date (group status 2).',
        line: account.line,
      },
    })
  assembly.finish(
    {
      account: account.account,
      currency: account.currency,
      ...(opening === undefined ? {} : { openingBalance: opening }),
      ...(closing === undefined ? {} : { closingBalance: closing }),
      balances: account.balances,
      periodStart: group.date,
      periodEnd: group.date,
      provisional: assembly.provisional,
    },
    ['bai2', account.account, account.currency, group.date, group.status, group.modifier],
    account.line,
  )
}

/** Banks leave transactions out of BAI2, so balances that do not meet are worth a warning and prove no defect. */
function checkBalances(
  account: Bai2AccountHead,
  opening: Balance | undefined,
  closing: Balance | undefined,
  group: Bai2GroupHeader,
  assembly: StatementAssembly,
  context: ReaderContext,
): void {
  if (opening === undefined || closing === undefined || assembly.count === 0 || group.modifier !== '2') return
  const reached = toMinorUnits(opening.amount) + assembly.credits - assembly.debits
  if (reached === toMinorUnits(closing.amount)) return
  context.warn(
    'BALANCE_MISMATCH',
    `Account ${account.account}: opening ${opening.amount.amount} and the transactions make ${fromMinorUnits(reached, account.currency).amount}, the closing balance is ${closing.amount.amount}. BAI2 may leave transactions out.`,
    account.line,
  )
}
