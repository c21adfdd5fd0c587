import { dayNumber, type ReviewItemStatus, reviewItemStatuses, type Scenario, scenarios } from '@recon/core'
import type { QueueFilterName } from '../messages/messages.ts'
import { shownName, shownReference, type WorkItem } from '../work-item.ts'
import { orderOf, rankAmounts, rankDates } from './number-ranking.ts'
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

/** What a person works through first stands first: a narrow screen shows the beginning of the row. */
export const queueFilters: readonly QueueFilterName[] = [
  'ALL',
  'OPEN',
  'AP_ESCALATIONS',
  'FLAGGED',
  'AWAITING_JOURNAL',
  'AGED',
  'RECONCILED',
  'FAILED_PAYMENT',
  'DUPLICATE',
  'AMOUNT_VARIANCE',
  'UNMATCHED',
  'SWEEP',
  'SYSTEM_MATCH',
  'AUTO_RECONCILED',
]

/** The filters that name a scenario stand apart from those that name a queue. */
export const firstScenarioFilter: QueueFilterName = 'FAILED_PAYMENT'

/** Days an item waits before it counts as aged: the same bound as the AGED queue of the HTTP API. */
const agedDays = 5
const settled: ReadonlySet<ReviewItemStatus> = new Set(['RECONCILED', 'UNRECEIVED'])

function codesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, code) => [name, code])) as Record<Name, number>
}
const scenarioCode = /* @__PURE__ */ codesOf(scenarios)
const statusCode = /* @__PURE__ */ codesOf(reviewItemStatuses)
/** By status code: 1 where work is left. */
const openCode = /* @__PURE__ */ Uint8Array.from(reviewItemStatuses, (status) => (settled.has(status) ? 0 : 1))

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
  readonly #severity: Float64Array
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
    this.#severity = new Float64Array(rows.length)
    const days = new Map<string, number>()
    rows.forEach(({ item, arrivedAt, date }, index) => {
      this.#scenario[index] = scenarioCode[item.scenario]
      this.#status[index] = statusCode[item.status]
      this.#severity[index] = item.severity
      const arrived = arrivedAt === undefined ? date : arrivedAt.slice(0, 10)
      let day = days.get(arrived)
      if (day === undefined) {
        day = dayNumber(arrived) ?? 0
        days.set(arrived, day)
      }
      this.#day[index] = day
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

  /** How many rows each filter would show, without the search. One walk over the columns. */
  counts(today: number): Readonly<Record<QueueFilterName, number>> {
    const byScenario = new Uint32Array(scenarios.length)
    const byStatus = new Uint32Array(reviewItemStatuses.length)
    let aged = 0
    for (let index = 0; index < this.rows.length; index++) {
      const status = this.#status[index] ?? 0
      const scenario = this.#scenario[index] ?? 0
      byScenario[scenario] = (byScenario[scenario] ?? 0) + 1
      byStatus[status] = (byStatus[status] ?? 0) + 1
      if (openCode[status] === 1 && today - (this.#day[index] ?? today) >= agedDays) aged++
    }
    const ofStatus = (status: ReviewItemStatus) => byStatus[statusCode[status]] ?? 0
    const open = byStatus.reduce((sum, count, status) => sum + (openCode[status] === 1 ? count : 0), 0)
    const ofScenario = Object.fromEntries(scenarios.map((name, code) => [name, byScenario[code] ?? 0]))
    return {
      ...(ofScenario as Record<Scenario, number>),
      ALL: this.rows.length,
      OPEN: open,
      AP_ESCALATIONS: ofStatus('ESCALATED'),
      FLAGGED: ofStatus('FLAGGED'),
      AWAITING_JOURNAL: ofStatus('AWAITING_JOURNAL'),
      RECONCILED: ofStatus('RECONCILED'),
      AGED: aged,
    }
  }

  /** Prepares text columns ahead of their first use, a step at a time; false when all are ready. For idle time. */
  warm(hasTime: () => boolean): boolean {
    while (hasTime()) {
      const column = (['amount', 'name', 'reference'] as const).find((name) => !this.#ranks.has(name))
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
  #ranking(column: 'amount' | 'name' | 'reference' | 'instrument'): Generator<undefined, Float64Array> {
    let steps = this.#rankings.get(column)
    if (steps === undefined) {
      steps =
        column === 'amount' ? rankAmounts(this.rows) : rankTexts(this.rows, textOf[column], this.#collator.compare)
      this.#rankings.set(column, steps)
    }
    return steps
  }

  #filter(name: QueueFilterName, today: number): (index: number) => boolean {
    const status = this.#status
    const has = (wanted: ReviewItemStatus) => {
      const code = statusCode[wanted]
      return (index: number) => status[index] === code
    }
    const isOpen = (index: number) => openCode[status[index] ?? 0] === 1
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
    const code = scenarioCode[name]
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
        return this.#severity
      case 'scenario':
        return Float64Array.from(this.#scenario)
      case 'date':
        return rankDates(rows)
      case 'amount':
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
