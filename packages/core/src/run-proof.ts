import type { RunProof } from './match-lines.ts'
import type { MatchingContext } from './matching/matching-context.ts'
import { recordStates } from './matching/side-columns.ts'
import { fromMinorUnits } from './money/money.ts'
import { type Scenario, scenarios } from './scenarios/scenario.ts'

/** A sum of safe integers that may itself be larger than one. */
class MinorSum {
  #whole = 0n
  #rest = 0
  count = 0
  add(minor: number, count: number): void {
    const next = this.#rest + minor
    if (Number.isSafeInteger(next)) this.#rest = next
    else {
      this.#whole += BigInt(this.#rest)
      this.#rest = minor
    }
    this.count += count
  }
  get minor(): bigint {
    return this.#whole + BigInt(this.#rest)
  }
}

interface Ledger {
  readonly bank: MinorSum
  readonly book: MinorSum
  readonly causes: Map<string, MinorSum>
}

const bankCauses = Object.fromEntries(scenarios.map((scenario) => [scenario, `BANK_${scenario}`])) as Readonly<
  Record<Scenario, string>
>

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
      ledger = { bank: new MinorSum(), book: new MinorSum(), causes: new Map() }
      ledgers.set(code, ledger)
    }
    return ledger
  }
  const add = (ledger: Ledger, cause: string, minor: number, count: number): void => {
    let sum = ledger.causes.get(cause)
    if (sum === undefined) {
      sum = new MinorSum()
      ledger.causes.set(cause, sum)
    }
    sum.add(minor, count)
  }
  for (let line = 0; line < lines.count; line++) {
    const state = lines.state[line]
    if (state === recordStates.SHUT) continue
    const minor = lines.amount[line] ?? 0
    const ledger = ledgerOf(lines.currency[line])
    ledger.bank.add(minor, 1)
    if (state !== recordStates.TAKEN) add(ledger, bankCauses[scenarioOf(line)], minor, 1)
    else add(ledger, 'LINKED', minor, 0)
  }
  for (let entry = 0; entry < entries.count; entry++) {
    const state = entries.state[entry]
    if (state === recordStates.SHUT) continue
    const minor = entries.amount[entry] ?? 0
    const ledger = ledgerOf(entries.currency[entry])
    ledger.book.add(minor, 1)
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
  const [bank, book] = [ledger.bank.minor, ledger.book.minor]
  const difference = bank - book
  const explained = causes.reduce((sum, { minor }) => sum + minor, 0n)
  return {
    currency,
    bankTotal: fromMinorUnits(bank, currency),
    bookTotal: fromMinorUnits(book, currency),
    difference: fromMinorUnits(difference, currency),
    causes: causes.map(({ cause, minor, count }) => ({ cause, amount: fromMinorUnits(minor, currency), count })),
    unexplained: fromMinorUnits(difference - explained, currency),
  }
}
