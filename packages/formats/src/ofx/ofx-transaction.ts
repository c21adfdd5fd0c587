import {
  type BankLine,
  type BankReferences,
  type Counterparty,
  type IsoDate,
  type Money,
  toMinorUnits,
} from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import { presentFields } from '../present-fields.ts'
import type { LineDraft } from '../statement-assembly.ts'
import type { OfxAggregate } from './ofx-statements.ts'
import { ofxInstrument, readOfxAmount, readOfxDate } from './ofx-values.ts'

/** A check number of zeros is how some banks fill the field. */
function checkNumberOf(text: string | undefined): string | undefined {
  return text === undefined || /^[0*]*$/.test(text) ? undefined : text
}

/** Name and memo, once where the memo only repeats the name. */
function textOf(name: string, memo: string): string {
  if (memo === '' || memo === name) return name
  return name === '' || memo.startsWith(name) ? memo : `${name}\n${memo}`
}

export interface OfxTransaction {
  readonly line: LineDraft
  /** Signed, in minor units. */
  readonly minor: bigint
}

type Place = { readonly account: string; readonly currency: string }

/** The currency of the amount: the statement's, or the transaction's own (CURRENCY, OFX 2.3, 5.2). */
function currencyOf({ inside, line }: OfxAggregate, place: Place, context: ReaderContext): string {
  const named = inside.get('CURRENCY')?.leaves.get('CURSYM')?.toUpperCase() ?? ''
  if (named !== '' && place.currency !== '' && named !== place.currency) {
    context.warn(
      'CURRENCY_MISMATCH',
      `The transaction is in ${named.slice(0, 10)}, the statement in ${place.currency}; it is kept in a statement of its own.`,
      line,
    )
  }
  return named || place.currency
}

function amountOf({ leaves, line }: OfxAggregate, currency: string, context: ReaderContext): Money | undefined {
  const text = leaves.get('TRNAMT') ?? ''
  const found = text.slice(0, 40)
  if (text === '') {
    context.defect('AMOUNT_INVALID', { message: 'A transaction has no amount (TRNAMT).', line, expected: 'an amount' })
    return undefined
  }
  const amount = readOfxAmount(text, currency)
  if (!amount.ok) {
    const code = currency === '' ? 'CURRENCY_INVALID' : 'AMOUNT_INVALID'
    context.defect(code, { message: `The amount of a transaction cannot be read: ${amount.why}.`, line, found })
    return undefined
  }
  if (amount.rounded) {
    context.warn(
      'AMOUNT_ROUNDED',
      `The amount ${found} has more decimals than ${currency}; the surplus was cut off. The raw text keeps them.`,
      line,
    )
  }
  return amount.money
}

function postedOn({ leaves, line }: OfxAggregate, context: ReaderContext): IsoDate | undefined {
  const posted = leaves.get('DTPOSTED') ?? ''
  const date = readOfxDate(posted)
  if (date !== undefined) return date
  const found = posted.slice(0, 40)
  context.defect('DATE_INVALID', {
    message:
      posted === ''
        ? 'A transaction has no date (DTPOSTED).'
        : `"${found}" is not a date a transaction can be booked on.`,
    line,
    expected: 'YYYYMMDD',
    found,
  })
  return undefined
}

/**
 * One STMTTRN as a bank line; undefined where a tolerated defect leaves it out.
 * @throws ReconError FORMAT_INVALID through the context
 */
export function readOfxTransaction(
  aggregate: OfxAggregate,
  place: Place,
  context: ReaderContext,
): OfxTransaction | undefined {
  const { leaves, inside } = aggregate
  const leaf = (name: string) => leaves.get(name) ?? ''
  const amount = amountOf(aggregate, currencyOf(aggregate, place, context), context)
  const bookingDate = amount && postedOn(aggregate, context)
  if (amount === undefined || bookingDate === undefined) return undefined
  const name = leaf('NAME') || (inside.get('PAYEE')?.leaves.get('NAME') ?? '')
  const counterparty = presentFields<Counterparty>({
    name,
    account: (inside.get('BANKACCTTO') ?? inside.get('CCACCTTO'))?.leaves.get('ACCTID'),
  })
  const line = presentFields<OwnFields>({
    account: place.account,
    bookingDate,
    valueDate: readOfxDate(leaf('DTAVAIL')),
    amount,
    status: aggregate.name === 'STMTTRNP' ? 'PENDING' : 'POSTED',
    instrument: ofxInstrument(leaf('TRNTYPE')),
    transactionCode: leaf('TRNTYPE').toUpperCase(),
    references: presentFields<OwnReferences>({
      checkNumber: checkNumberOf(leaves.get('CHECKNUM')),
      bankReference: /^\**$/.test(leaf('FITID')) ? undefined : leaf('FITID'),
      customerReference: leaf('REFNUM'),
      remittanceText: textOf(name, leaf('MEMO')),
    }),
    counterparty: Object.keys(counterparty).length === 0 ? undefined : counterparty,
    raw: rawOf(aggregate),
  })
  return { line, minor: toMinorUnits(amount) }
}

/** The fields OFX has something for. */
type OwnFields = Pick<
  LineDraft,
  | 'account'
  | 'bookingDate'
  | 'valueDate'
  | 'amount'
  | 'status'
  | 'instrument'
  | 'transactionCode'
  | 'references'
  | 'counterparty'
  | 'raw'
>
type OwnReferences = Pick<BankReferences, 'checkNumber' | 'bankReference' | 'customerReference' | 'remittanceText'>

/** The transaction's own leaves as tags, one a line: what was read, without the file's indentation. */
function rawOf({ leaves }: OfxAggregate): BankLine['raw'] {
  let raw = ''
  for (const [name, text] of leaves) raw += `<${name}>${text}\n`
  return raw
}
