import { type IsoDate, isZeroMoney, type Money, negateMoney, ReconError, sumMoney } from '@recon/core'
import { type CsvWriteOptions, writeCsv } from './csv-writer.ts'
import { type JournalLine, journalColumns } from './journal-line.ts'

/** A wire whose bank amount and book amount differ by the exchange rate. */
export interface FxDifference {
  readonly bankLineId: string
  /** Bank minus books, in the books' currency. */
  readonly difference: Money
  readonly reference?: string
  /** The cash account of this wire; the journal's own when absent. */
  readonly cashAccount?: string
}

export interface FxJournalOptions {
  readonly journalNumber: string
  readonly date: IsoDate
  readonly cashAccount: string
  readonly gainLossAccount: string
}

/**
 * The journal that records exchange differences: one cash line for each wire, debit where the bank holds more than the
 * books say and credit where less, and one netted gain or loss line. Debits equal credits.
 * @throws ReconError CURRENCY_MISMATCH for wires in several currencies: each needs a journal of its own
 */
export function fxJournal(wires: readonly FxDifference[], options: FxJournalOptions): readonly JournalLine[] {
  const { journalNumber, date } = options
  const moved = wires.filter((wire) => !isZeroMoney(wire.difference))
  const currency = moved[0]?.difference.currency
  if (currency === undefined) return []
  const other = moved.find((wire) => wire.difference.currency !== currency)
  if (other) {
    throw new ReconError(
      'CURRENCY_MISMATCH',
      `The wires differ in ${currency} and ${other.difference.currency}. Write one journal for each currency.`,
    )
  }
  const cash = moved.map(
    (wire): JournalLine => ({
      journalNumber,
      date,
      account: wire.cashAccount ?? options.cashAccount,
      amount: wire.difference,
      description: `FX difference ${wire.bankLineId}${wire.reference === undefined ? '' : ` ${wire.reference}`}`,
    }),
  )
  const net = sumMoney(
    moved.map((wire) => wire.difference),
    currency,
  )
  if (isZeroMoney(net)) return cash
  const word = net.amount.startsWith('-') ? 'loss' : 'gain'
  return [
    ...cash,
    {
      journalNumber,
      date,
      account: options.gainLossAccount,
      amount: negateMoney(net),
      description: `FX ${word}, ${moved.length} wires`,
    },
  ]
}

/** @throws ReconError as `fxJournal` */
export function writeFxJournalCsv(
  wires: readonly FxDifference[],
  options: FxJournalOptions,
  how: CsvWriteOptions = {},
): string {
  return writeCsv(journalColumns, fxJournal(wires, options), how)
}
