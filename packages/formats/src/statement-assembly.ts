import { type BankLine, type BankReferences, fromMinorUnits } from '@recon/core'
import type { ReaderContext } from './format-reader.ts'
import type { StatementHead } from './parse-result.ts'
import { LineIdentities, StatementIdentities } from './statement-identity.ts'

/** A line before it has an id. */
export type LineDraft = Omit<BankLine, 'id'>

const separator = '\u001e'

/**
 * Gives lines and statements their ids, announces them, and keeps the sums their checks need. One for a whole file.
 * A statement that repeats an earlier one of the file line for line is the defect DUPLICATE_STATEMENT.
 */
export class StatementAssembly {
  /** Sums of the open statement in minor units, pending lines apart. */
  credits = 0n
  debits = 0n
  count = 0
  statements = 0
  /** Whether the open statement is intraday; set by the reader before its lines. */
  provisional = false
  private repeated = 0
  /** A fingerprint of the open statement's lines (FNV-1a over their keys). */
  private left = 0
  private right = 0
  private readonly context: ReaderContext
  private readonly group: { readonly group?: string }
  private readonly lineIdentities = new LineIdentities()
  private readonly statementIdentities = new StatementIdentities()
  private readonly contents = new StatementIdentities()

  /** @param group marks the events of this assembly, where a file mixes the lines of several accounts */
  constructor(context: ReaderContext, group?: string) {
    this.context = context
    this.group = group === undefined ? {} : { group }
  }

  /** @param overlapping the file's reports may hold the same lines: what an earlier one held comes with its id, marked */
  begin(provisional = false, overlapping = false): void {
    this.provisional = provisional
    this.repeated = 0
    this.lineIdentities.begin(overlapping)
    this.credits = 0n
    this.debits = 0n
    this.count = 0
    this.left = 0x811c9dc5
    this.right = 0x1b873593
  }

  /**
   * @param minor the line's signed amount in minor units of `draft.amount`
   * @returns the id of the line
   * @param ownReference the bank reference that is this movement's alone, or null where it has none (the line may show one it shares)
   */
  line(
    draft: LineDraft,
    minor: bigint,
    account: string,
    ownReference: string | null = draft.references.bankReference ?? null,
  ): string {
    if (draft.status === 'POSTED') {
      if (minor < 0n) this.debits -= minor
      else this.credits += minor
    }
    const id = this.lineIdentities.idFor({
      account,
      currency: draft.amount.currency,
      bookingDate: draft.bookingDate,
      amount: draft.amount.amount,
      code: draft.transactionCode,
      // A line taken back keeps the id it was booked under; a pending one must not pass for the booking that follows.
      status: draft.status === 'PENDING' ? draft.status : undefined,
      bankReference: ownReference ?? undefined,
      content: () => contentOf(draft, draft.references),
    })
    this.count += 1
    this.left = Math.imul(this.left ^ this.lineIdentities.high, 0x01000193)
    this.right = Math.imul(this.right ^ this.lineIdentities.low, 0x85ebca6b)
    const { repeated } = this.lineIdentities
    if (repeated) this.repeated += 1
    this.context.emit({
      type: 'line',
      line: { id, ...draft },
      ...this.group,
      ...(this.provisional && { provisional: true }),
      ...(repeated && { repeated }),
    })
    return id
  }

  /** @param idParts format family, account, currency and the bank's own numbering */
  finish(head: Omit<StatementHead, 'id'>, idParts: readonly (string | undefined)[], line?: number): void {
    const { id } = this.statementIdentities.idFor(idParts)
    this.statements += 1
    const { occurrence } = this.contents.idFor([
      ...idParts,
      String(this.count),
      `${this.left}:${this.right}`,
      ...head.balances.map((balance) => `${balance.code ?? balance.kind}${balance.amount.amount}`),
    ])
    if (occurrence > 1 && this.count > 0)
      this.context.defect('DUPLICATE_STATEMENT', {
        ...(line === undefined ? {} : { line }),
        message: `The statement of account ${head.account} repeats an earlier one of this file, line for line.`,
        expected: 'each statement once',
      })
    if (this.repeated > 0)
      this.context.warn(
        'LINES_REPEATED',
        `${this.repeated} lines of the report of account ${head.account.slice(0, 40)} stand in an earlier report of this file as well: they are the same movements, with the same ids.`,
        line,
      )
    this.context.emit({ type: 'statement', statement: { id, ...head }, ...this.group })
    this.begin()
  }

  netMoney(currency: string): string {
    return fromMinorUnits(this.credits - this.debits, currency).amount
  }
}

function contentOf(draft: LineDraft, references: BankReferences): string {
  const { counterparty } = draft
  return `${draft.valueDate ?? ''}${separator}${references.endToEndId ?? ''}${separator}${references.customerReference ?? ''}${separator}${references.checkNumber ?? ''}${separator}${references.structuredReference ?? ''}${separator}${references.mandateId ?? ''}${separator}${references.batchId ?? ''}${separator}${references.remittanceText ?? ''}${separator}${counterparty?.name ?? ''}${separator}${counterparty?.account ?? ''}${separator}${draft.returnCode ?? ''}`
}
