import { dayNumber, type ReviewItemStatus, reviewItemStatuses, type Scenario, scenarios } from '@recon/core'
import type { QueueFilterName } from '../messages/messages.ts'
import { shownName, shownReference, type WorkItem } from '../work-item.ts'
import { finish, rankTexts } from './text-ranking.ts'

export const transactionSorts = ['severity', 'scenario', 'date', 'name', 'reference', 'instrument', 'amount'] as const
export type TransactionSort = (typeof transactionSorts)[number]

export interface TransactionQuery {
  readonly filter: QueueFilterName
  readonly search: string
  readonly sort: { readonly by: TransactionSort; readonly descending: boolean }
}

/** Severity first, as the run orders its items. */
export const defaultQuery: TransactionQuery = {
  filter: 'ALL',
  search: '',
  sort: { by: 'severity', descending: true },
}

export const queueFilters: readonly QueueFilterName[] = [
  'ALL',
  'OPEN',
  'FAILED_PAYMENT',
  'DUPLICATE',
  'AMOUNT_VARIANCE',
  'UNMATCHED',
  'SWEEP',
  'SYSTEM_MATCH',
  'AUTO_RECONCILED',
  'AP_ESCALATIONS',
  'FLAGGED',
  'AWAITING_JOURNAL',
  'AGED',
  'RECONCILED',
]

/** Days an item waits before it counts as aged: the same bound as the AGED queue of the HTTP API. */
const agedDays = 5
const settled: ReadonlySet<ReviewItemStatus> = new Set(['RECONCILED', 'UNRECEIVED'])

/**
 * The rows as columns of numbers: filters and sorts touch typed arrays, never 100,000 objects, and every order is kept.
 * Texts are ranked and joined on first use, or ahead of it while the browser is idle (see `warm`).
 */
export class TransactionIndex {
  readonly rows: readonly WorkItem[]
  readonly #collator: Intl.Collator
  readonly #scenario: Uint8Array
  readonly #status: Uint8Array
  readonly #day: Int32Array
  readonly #orders = new Map<string, Uint32Array>()
  readonly #ranks = new Map<TransactionSort, Float64Array>()
  readonly #rankings = new Map<TransactionSort, Generator<undefined, Float64Array>>()
  #texts: string[] | undefined

  constructor(rows: readonly WorkItem[], collator: Intl.Collator) {
    this.rows = rows
    this.#collator = collator
    this.#scenario = new Uint8Array(rows.length)
    this.#status = new Uint8Array(rows.length)
    this.#day = new Int32Array(rows.length)
    rows.forEach((row, index) => {
      this.#scenario[index] = scenarios.indexOf(row.item.scenario)
      this.#status[index] = reviewItemStatuses.indexOf(row.item.status)
      this.#day[index] = dayNumber(row.arrivedAt?.slice(0, 10) ?? row.date) ?? 0
    })
  }

  /** Positions in `rows`, filtered and sorted. */
  select(query: TransactionQuery, today: number): Uint32Array {
    const order = this.#order(query.sort.by, query.sort.descending)
    const needle = query.search.trim().toLowerCase()
    if (query.filter === 'ALL' && needle === '') return order
    const fits = this.#filter(query.filter, today)
    const texts = needle === '' ? undefined : this.#searchTexts()
    const ungrouped = needle.replaceAll(',', '').replace('\u2212', '-')
    const found = new Uint32Array(order.length)
    let count = 0
    for (const position of order) {
      if (!fits(position)) continue
      const text = texts?.[position]
      if (text !== undefined && !text.includes(needle) && !text.includes(ungrouped)) continue
      found[count++] = position
    }
    return found.subarray(0, count)
  }

  /** How many rows each filter would show, without the search. */
  counts(today: number): Readonly<Record<QueueFilterName, number>> {
    const entries = queueFilters.map((name) => {
      const fits = this.#filter(name, today)
      let count = 0
      for (let index = 0; index < this.rows.length; index++) if (fits(index)) count++
      return [name, count] as const
    })
    return Object.fromEntries(entries) as Record<QueueFilterName, number>
  }

  /** Prepares text columns ahead of their first use, a step at a time; false when all are ready. For idle time. */
  warm(hasTime: () => boolean): boolean {
    while (hasTime()) {
      const column = (['name', 'reference'] as const).find((name) => !this.#ranks.has(name))
      if (column !== undefined) {
        const step = this.#ranking(column).next()
        if (step.done) this.#ranks.set(column, step.value)
      } else if (this.#texts === undefined || this.#texts.length < this.rows.length) {
        this.#joinTexts(this.#texts === undefined ? 500 : this.#texts.length + 500)
      } else {
        return false
      }
    }
    return true
  }

  /** The ranking of a text column that is under way, so that a sort in the middle of it only does the rest. */
  #ranking(column: 'name' | 'reference' | 'instrument'): Generator<undefined, Float64Array> {
    let steps = this.#rankings.get(column)
    if (steps === undefined) {
      steps = rankTexts(this.rows.map(textOf[column]), this.#collator.compare)
      this.#rankings.set(column, steps)
    }
    return steps
  }

  #filter(name: QueueFilterName, today: number): (index: number) => boolean {
    const status = this.#status
    const has = (wanted: ReviewItemStatus) => {
      const code = reviewItemStatuses.indexOf(wanted)
      return (index: number) => status[index] === code
    }
    const isOpen = (index: number) => !settled.has(reviewItemStatuses[status[index] ?? 0] ?? 'OUTSTANDING')
    switch (name) {
      case 'ALL':
        return () => true
      case 'OPEN':
        return isOpen
      case 'AP_ESCALATIONS':
        return has('ESCALATED')
      case 'FLAGGED':
        return has('FLAGGED')
      case 'AWAITING_JOURNAL':
        return has('AWAITING_JOURNAL')
      case 'RECONCILED':
        return has('RECONCILED')
      case 'AGED':
        return (index) => isOpen(index) && today - (this.#day[index] ?? today) >= agedDays
      default:
        return this.#inScenario(name)
    }
  }

  #inScenario(name: Scenario): (index: number) => boolean {
    const code = scenarios.indexOf(name)
    return (index) => this.#scenario[index] === code
  }

  #order(by: TransactionSort, descending: boolean): Uint32Array {
    const key = `${by}${descending ? '-' : '+'}`
    let order = this.#orders.get(key)
    if (order === undefined) {
      order = orderOf(this.#rank(by), descending)
      this.#orders.set(key, order)
    }
    return order
  }

  #rank(by: TransactionSort): Float64Array {
    let rank = this.#ranks.get(by)
    if (rank === undefined) {
      rank = this.#numbersOf(by)
      this.#ranks.set(by, rank)
    }
    return rank
  }

  #numbersOf(by: TransactionSort): Float64Array {
    const { rows } = this
    switch (by) {
      case 'severity':
        return Float64Array.from(rows, (row) => row.item.severity)
      case 'scenario':
        return Float64Array.from(this.#scenario)
      case 'date':
        return Float64Array.from(rows, (row) => dayNumber(row.date) ?? 0)
      case 'amount':
        return amountRanks(rows)
      case 'instrument':
      case 'name':
      case 'reference':
        return finish(this.#ranking(by))
    }
  }

  #searchTexts(): readonly string[] {
    this.#joinTexts(this.rows.length)
    return this.#texts ?? []
  }

  #joinTexts(upTo: number): void {
    const texts = this.#texts ?? []
    this.#texts = texts
    for (let index = texts.length; index < Math.min(upTo, this.rows.length); index++) {
      const row = this.rows[index]
      if (row !== undefined) texts.push(searchText(row))
    }
  }
}

const textOf = {
  name: shownName,
  reference: shownReference,
  instrument: (row: WorkItem): string | undefined => row.bankLines[0]?.instrument,
}

function searchText(row: WorkItem): string {
  const line = row.bankLines[0]
  const entry = row.bookEntries[0]
  const parts = [row.item.id, row.total.amount, shownName(row), shownReference(row)]
  if (line !== undefined) parts.push(line.id, ...Object.values(line.references))
  if (entry !== undefined) parts.push(entry.id, entry.references.paymentReference, entry.counterparty?.name)
  return parts.join('\n').toLowerCase()
}

/** Digits without the point order amounts of one currency exactly; currencies are kept apart. */
function amountRanks(rows: readonly WorkItem[]): Float64Array {
  const currencies = [...new Set(rows.map((row) => row.total.currency))].sort()
  const minor = Float64Array.from(rows, (row) => Number(row.total.amount.replace('.', '')))
  if (currencies.length <= 1) return minor
  const place = new Map(currencies.map((currency, index) => [currency, index]))
  const order = Array.from(rows.keys()).sort((left, right) => {
    const byCurrency =
      (place.get(rows[left]?.total.currency ?? '') ?? 0) - (place.get(rows[right]?.total.currency ?? '') ?? 0)
    return byCurrency || (minor[left] ?? 0) - (minor[right] ?? 0)
  })
  const ranks = new Float64Array(rows.length)
  order.forEach((position, rank) => {
    ranks[position] = rank
  })
  return ranks
}

const safe = Number.MAX_SAFE_INTEGER

/**
 * Positions by rank, ties in their given order. Rank and position are packed into one number where they fit, because
 * typed arrays of numbers sort several times faster without a comparison function.
 */
export function orderOf(ranks: Float64Array, descending: boolean): Uint32Array {
  const count = ranks.length
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const rank of ranks) {
    if (rank < least) least = rank
    if (rank > most) most = rank
  }
  const fits = count > 0 && Number.isSafeInteger(least) && Number.isSafeInteger(most) && most - least < safe / count - 1
  if (!fits) return byComparison(ranks, descending)
  const packed = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const rank = ranks[index] ?? 0
    packed[index] = (descending ? most - rank : rank - least) * count + index
  }
  packed.sort()
  const order = new Uint32Array(count)
  for (let index = 0; index < count; index++) order[index] = (packed[index] ?? 0) % count
  return order
}

function byComparison(ranks: Float64Array, descending: boolean): Uint32Array {
  const sign = descending ? -1 : 1
  return Uint32Array.from(ranks.keys()).sort((left, right) => {
    const difference = (ranks[left] ?? 0) - (ranks[right] ?? 0)
    return difference === 0 ? left - right : sign * difference
  })
}
