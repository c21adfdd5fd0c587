import type { RunProof } from './match-lines.ts'
import type { MatchingContext } from './matching/matching-context.ts'
import { recordStates } from './matching/side-columns.ts'
import { fromMinorUnits } from './money/money.ts'
import type { Scenario } from './scenarios/scenario.ts'

interface Ledger {
  bank: bigint
  book: bigint
  readonly causes: Map<string, { minor: bigint; count: number }>
}

/**
 * What became of the money, per currency: bank lines outside automatic links by scenario (plus), entries outside them (minus),
 * and what automatic links leave as a difference. The causes sum to bankTotal minus bookTotal by construction, and
 * `unexplained` is computed independently of that, so that it would show a mistake.
 */
export function runProofs(context: MatchingContext, scenarioOf: (line: number) => Scenario): RunProof[] {
  const ledgers = new Map<string, Ledger>()
  const { lines, entries, currencies } = context
  const ledgerOf = (currency: number | undefined): Ledger => {
    const code = currencies[currency ?? -1] ?? 'USD'
    let ledger = ledgers.get(code)
    if (ledger === undefined) {
      ledger = { bank: 0n, book: 0n, causes: new Map() }
      ledgers.set(code, ledger)
    }
    return ledger
  }
  const add = (ledger: Ledger, cause: string, minor: bigint, count: number): void => {
    const known = ledger.causes.get(cause)
    if (known === undefined) ledger.causes.set(cause, { minor, count })
    else {
      known.minor += minor
      known.count += count
    }
  }
  for (let line = 0; line < lines.count; line++) {
    const state = lines.state[line]
    if (state === recordStates.SHUT) continue
    const minor = BigInt(lines.amount[line] ?? 0)
    const ledger = ledgerOf(lines.currency[line])
    ledger.bank += minor
    if (state !== recordStates.TAKEN) add(ledger, `BANK_${scenarioOf(line)}`, minor, 1)
    else add(ledger, 'LINKED', minor, 0)
  }
  for (let entry = 0; entry < entries.count; entry++) {
    const state = entries.state[entry]
    if (state === recordStates.SHUT) continue
    const minor = BigInt(entries.amount[entry] ?? 0)
    const ledger = ledgerOf(entries.currency[entry])
    ledger.book += minor
    if (state === recordStates.TAKEN) add(ledger, 'LINKED', -minor, 0)
    else add(ledger, state === recordStates.HELD ? 'BOOK_PROPOSED' : 'BOOK_OPEN', -minor, 1)
  }
  return [...ledgers]
    .sort((left, right) => (left[0] < right[0] ? -1 : 1))
    .map(([currency, ledger]) => proofOf(currency, ledger))
}

function proofOf(currency: string, ledger: Ledger): RunProof {
  const causes = [...ledger.causes]
    .filter(([cause, { minor }]) => cause !== 'LINKED' || minor !== 0n)
    .map(([cause, { minor, count }]) => ({ cause: cause === 'LINKED' ? 'LINKED_DIFFERENCE' : cause, minor, count }))
    .sort((left, right) => (left.cause < right.cause ? -1 : 1))
  const difference = ledger.bank - ledger.book
  const explained = causes.reduce((sum, { minor }) => sum + minor, 0n)
  return {
    currency,
    bankTotal: fromMinorUnits(ledger.bank, currency),
    bookTotal: fromMinorUnits(ledger.book, currency),
    difference: fromMinorUnits(difference, currency),
    causes: causes.map(({ cause, minor, count }) => ({ cause, amount: fromMinorUnits(minor, currency), count })),
    unexplained: fromMinorUnits(difference - explained, currency),
  }
}
