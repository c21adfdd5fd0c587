import { type BankLine, type BookEntry, negateMoney, sumMoney, toMinorUnits } from '@recon/core'
import { parseAmount } from './amount-notation.ts'
import type { RowLayout } from './row-layout.ts'
import type { TableRow } from './row-reading.ts'

/** Texts below one booking that are kept, and payments below it that are read. */
const mostTexts = 200
const mostPayments = 10_000

interface BookedPayment {
  readonly amount: string
  readonly text: string
}

/** Which of the values of one row this is: a running balance beside the row stands before its first and after its last. */
export interface RowPart {
  readonly first: boolean
  readonly last: boolean
}
export const wholeRow: RowPart = { first: true, last: true }

/** How a booking takes in the rows below it. */
export interface DetailedValue<Value> {
  withText(value: Value, text: string): Value
  /** One value for each payment, where the payments add up to the booking; undefined where they do not. */
  asPayments(value: Value, payments: readonly BookedPayment[], layout: RowLayout): readonly Value[] | undefined
}

function joined(first: string | undefined, second: string): string {
  return first === undefined || first === '' ? second : `${first}\n${second}`
}

export const bankDetails: DetailedValue<BankLine> = {
  withText: (line, text) => ({
    ...line,
    references: { ...line.references, remittanceText: joined(line.references.remittanceText, text) },
  }),
  asPayments(line, payments, layout) {
    const { currency } = line.amount
    const amounts = payments.flatMap(({ amount }) => {
      const parsed = parseAmount(amount, layout.notation, currency)
      return parsed.ok ? [parsed.value] : []
    })
    if (amounts.length < 2 || amounts.length !== payments.length) return undefined
    const total = toMinorUnits(sumMoney(amounts, currency))
    const booked = toMinorUnits(line.amount)
    if (total !== booked && total !== -booked) return undefined
    return payments.map(({ text }, index): BankLine => {
      const amount = amounts[index] ?? line.amount
      return {
        ...bankDetails.withText(line, text),
        id: `${line.id}/${index + 1}`,
        amount: total === booked ? amount : negateMoney(amount),
      }
    })
  },
}

export const ledgerDetails: DetailedValue<BookEntry> = {
  withText: (entry, text) => ({
    ...entry,
    references: { ...entry.references, description: joined(entry.references.description, text) },
  }),
  asPayments: () => undefined,
}

/** Holds a booking until it is known which of the rows below belong to it. */
export class BookingDetails<Value> {
  readonly #detailed: DetailedValue<Value>
  readonly #split: boolean
  readonly #hand: (value: Value, row: TableRow, part: RowPart) => void
  #value: Value | undefined
  #row: TableRow | undefined
  #texts: string[] = []
  #payments: BookedPayment[] = []
  #tooMany = false

  constructor(
    detailed: DetailedValue<Value>,
    split: boolean,
    hand: (value: Value, row: TableRow, part: RowPart) => void,
  ) {
    this.#detailed = detailed
    this.#split = split
    this.#hand = hand
  }

  get holds(): boolean {
    return this.#value !== undefined
  }

  hold(value: Value, row: TableRow): void {
    this.#value = value
    this.#row = row
    this.#texts = []
    this.#payments = []
    this.#tooMany = false
  }

  /** A row below the booking: a text, or one of its payments. */
  add(row: TableRow, layout: RowLayout): void {
    const texts = row.fields.map((text) => text.trim()).filter((text) => text !== '')
    const amount = layout.detailAmount === undefined ? '' : (row.fields[layout.detailAmount] ?? '').trim()
    if (amount !== '') {
      if (this.#payments.length < mostPayments)
        this.#payments.push({ amount, text: texts.filter((text) => text !== amount).join('\n') })
      else this.#tooMany = true
    }
    if (this.#texts.length < mostTexts) this.#texts.push(...texts)
  }

  /** Hands the booking on, with what was below it. */
  flush(layout: RowLayout): void {
    const [value, row] = [this.#value, this.#row]
    if (value === undefined || row === undefined) return
    this.#value = undefined
    const split = this.#split && !this.#tooMany ? this.#detailed.asPayments(value, this.#payments, layout) : undefined
    if (split !== undefined) {
      for (const [index, payment] of split.entries()) {
        this.#hand(payment, row, { first: index === 0, last: index === split.length - 1 })
      }
      return
    }
    const whole = this.#texts.length === 0 ? value : this.#detailed.withText(value, this.#texts.join('\n'))
    this.#hand(whole, row, wholeRow)
  }
}
