import { type BankLine, type BankReferences, type Counterparty, toMinorUnits } from '@recon/core'
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

/**
 * One STMTTRN as a bank line; undefined where a tolerated defect leaves it out.
 * @throws ReconError FORMAT_INVALID through the context
 */
export function readOfxTransaction(
  aggregate: OfxAggregate,
  place: { readonly account: string; readonly currency: string },
  context: ReaderContext,
): OfxTransaction | undefined {
  const { leaves, inside, line } = aggregate
  const leaf = (name: string) => leaves.get(name) ?? ''
  const named = inside.get('CURRENCY')?.leaves.get('CURSYM')?.toUpperCase()
  if (named !== undefined && named !== '' && place.currency !== '' && named !== place.currency) {
    context.warn(
      'CURRENCY_MISMATCH',
      `The transaction is in ${named.slice(0, 10)}, the statement in ${place.currency}; it is kept in a statement of its own.`,
      line,
    )
  }
  const currency = named || place.currency
  const amountText = leaf('TRNAMT')
  if (amountText === '') {
    context.defect('AMOUNT_INVALID', { message: 'A transaction has no amount (TRNAMT).', line, expected: 'an amount' })
    return undefined
  }
  const amount = readOfxAmount(amountText, currency)
  if (!amount.ok) {
    const code = currency === '' ? 'CURRENCY_INVALID' : 'AMOUNT_INVALID'
    context.defect(code, {
      message: `The amount of a transaction cannot be read: ${amount.why}.`,
      line,
      found: amountText.slice(0, 40),
    })
    return undefined
  }
  if (amount.rounded) {
    context.warn(
      'AMOUNT_ROUNDED',
      `The amount ${amountText.slice(0, 40)} has more decimals than ${currency}; the surplus was cut off. The raw text keeps them.`,
      line,
    )
  }
  const posted = leaf('DTPOSTED')
  const bookingDate = readOfxDate(posted)
  if (bookingDate === undefined) {
    context.defect('DATE_INVALID', {
      message:
        posted === ''
          ? 'A transaction has no date (DTPOSTED).'
          : `"${posted.slice(0, 40)}" is not a date a transaction can be booked on.`,
      line,
      expected: 'YYYYMMDD',
      found: posted.slice(0, 40),
    })
    return undefined
  }
  const payee = inside.get('PAYEE')?.leaves.get('NAME')
  const name = leaf('NAME') || (payee ?? '')
  const counterparty = presentFields<Counterparty>({
    name,
    account: (inside.get('BANKACCTTO') ?? inside.get('CCACCTTO'))?.leaves.get('ACCTID'),
  })
  const draft = presentFields<LineDraft>({
    account: place.account,
    bookingDate,
    valueDate: readOfxDate(leaf('DTAVAIL')),
    amount: amount.money,
    status: aggregate.name === 'STMTTRNP' ? 'PENDING' : 'POSTED',
    instrument: ofxInstrument(leaf('TRNTYPE')),
    transactionCode: leaf('TRNTYPE').toUpperCase(),
    references: presentFields<BankReferences>({
      checkNumber: checkNumberOf(leaves.get('CHECKNUM')),
      bankReference: /^\**$/.test(leaf('FITID')) ? undefined : leaf('FITID'),
      customerReference: leaf('REFNUM'),
      remittanceText: textOf(name, leaf('MEMO')),
      endToEndId: undefined,
      structuredReference: undefined,
      mandateId: undefined,
      batchId: undefined,
      structureId: undefined,
    }),
    counterparty: Object.keys(counterparty).length === 0 ? undefined : counterparty,
    returnCode: undefined,
    originalAmount: undefined,
    supersedes: undefined,
    sourceStatus: undefined,
    sourceEntryIds: undefined,
    raw: rawOf(aggregate),
  })
  return { line: draft, minor: toMinorUnits(amount.money) }
}

/** The transaction's own leaves as tags, one a line: what was read, without the file's indentation. */
function rawOf({ leaves }: OfxAggregate): BankLine['raw'] {
  let raw = ''
  for (const [name, text] of leaves) raw += `<${name}>${text}\n`
  return raw
}
