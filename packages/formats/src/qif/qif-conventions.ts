import { currencyExponent, isCurrency } from '@recon/core'
import type { AmountNotation } from '../column-mapping/amount-notation.ts'
import { type DateOrder, DateOrderEvidence, readDateInOrder } from '../column-mapping/date-order.ts'
import { NotationEvidence } from '../column-mapping/notation-proof.ts'
import { type ReaderContext, refusedFile } from '../format-reader.ts'
import type { QifRecord } from './qif-record.ts'

/** How a file writes its dates and amounts. */
export interface QifConventions {
  readonly order: DateOrder
  readonly notation: AmountNotation
  readonly currency: string
}

/** What the records read so far prove of how the file is written. */
export class QifEvidence {
  readonly #context: ReaderContext
  readonly #currency: string
  readonly #dates = new DateOrderEvidence()
  readonly #notation: NotationEvidence
  /** Where the text that decides an error stands: the first of each. */
  readonly #lines = new Map<string, number>()
  readonly #dateLines: number[] = []

  constructor(context: ReaderContext) {
    this.#context = context
    this.#currency = context.options.currency ?? 'XXX'
    this.#notation = new NotationEvidence(isCurrency(this.#currency) ? currencyExponent(this.#currency) : 2)
  }

  date({ date, line }: QifRecord): void {
    if (date === undefined) return
    this.#dates.add(date)
    this.#dateLines.push(line)
    if (!this.#lines.has(date)) this.#lines.set(date, line)
  }

  amount({ amount, line }: QifRecord): void {
    if (amount === undefined) return
    this.#notation.add(amount)
    if (!this.#lines.has(amount)) this.#lines.set(amount, line)
  }

  get settled(): boolean {
    return this.#notation.settled && (this.#context.options.dateOrder !== undefined || this.#dates.settled)
  }

  /** @throws ReconError FORMAT_INVALID where the records prove nothing, or contradict one another */
  conventions(): QifConventions {
    const { decimalMark } = this.#provenNotation()
    // Marks between thousands may first come later in the file; between three digits none of them is anything else.
    const groupMarks = (['.', ',', "'", ' '] as const).filter((mark) => mark !== decimalMark)
    return { order: this.#provenOrder(), notation: { decimalMark, groupMarks }, currency: this.#currency }
  }

  #provenOrder(): DateOrder {
    const { dateOrder } = this.#context.options
    if (dateOrder !== undefined) return dateOrder
    const proof = this.#dates.proof()
    if (proof.kind === 'proven') return proof.order
    if (proof.kind === 'impossible') {
      throw refusedFile(this.#context.format, 'DATE_INVALID', {
        message: `"${proof.example.slice(0, 40)}" is no date, or its numbers stand in another order than in the dates above it.`,
        ...lineIs(this.#dateLines[proof.index]),
      })
    }
    throw refusedFile(this.#context.format, 'DATE_ORDER_UNKNOWN', {
      message: `"${proof.example}" may be ${proof.orders.map((order) => readDateInOrder(proof.example, order)).join(' or ')}, and no date of the file decides it. Declare dateOrder: '${proof.orders.join("' or '")}'.`,
      ...lineIs(this.#lines.get(proof.example)),
    })
  }

  #provenNotation(): AmountNotation {
    const proof = this.#notation.proof()
    if (proof.kind === 'proven') return proof.notation
    const example = proof.kind === 'ambiguous' ? proof.example : proof.examples[1]
    throw refusedFile(this.#context.format, 'AMOUNT_INVALID', {
      message:
        proof.kind === 'ambiguous'
          ? `"${example}" may hold thousands or three decimals, and no amount of the file decides it.`
          : `"${proof.examples[0]}" and "${example}" use one mark in two ways.`,
      ...lineIs(this.#lines.get(example)),
    })
  }
}

function lineIs(line: number | undefined): { readonly line?: number } {
  return line === undefined ? {} : { line }
}
