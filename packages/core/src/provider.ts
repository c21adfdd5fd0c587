import type { Money } from './money/money.ts'
import type { BankLine } from './records/bank-line.ts'
import type { BookEntry } from './records/book-entry.ts'
import type { IsoDate, IsoInstant } from './records/iso-date.ts'
import type { BankStatement } from './records/statement.ts'

/**
 * One outside system, made by a factory such as `quickbooks({ ... })`. It carries only the roles it can play: the presence
 * of a role is the capability, and nothing else is asked. Every method may reject with a ReconError that names the provider.
 */
export interface Provider {
  /** Stable, kebab-case: `quickbooks`, `oracle-fusion`. Stored beside every id that came from it. */
  readonly name: string
  readonly bankFeed?: BankFeed
  readonly books?: Books
  readonly writeback?: Writeback
  readonly transfers?: Transfers
  readonly parseWebhook?: ParseWebhook
}

/** What one call may use: the caller's cancellation, and nothing of the process. */
export interface ProviderCall {
  readonly signal?: AbortSignal
}

/** Something in a response that was kept but not understood, or left out with its reason. Nothing is dropped silently. */
export interface ProviderWarning {
  readonly code: string
  readonly message: string
  readonly recordId?: string
}

/** A page of a listing. `cursor` is the provider's own; `hasMore` alone decides whether to go on. */
export interface ProviderPage {
  readonly cursor?: string
  readonly hasMore: boolean
  readonly warnings: readonly ProviderWarning[]
}

export interface BankFeedRequest extends ProviderCall {
  readonly account?: string
  /** First and last booking date wanted, both included. */
  readonly since?: IsoDate
  readonly until?: IsoDate
  readonly cursor?: string
}

export interface BankFeedPage extends ProviderPage {
  readonly lines: readonly BankLine[]
  /** Balances where the provider tells them, for the proof. */
  readonly statements?: readonly BankStatement[]
  /** Pending lines the provider took back without a posted successor. */
  readonly withdrawnLineIds: readonly string[]
}

/** Reads bank lines. Pending lines come with status PENDING; a posted successor names it in `supersedes` where known. */
export interface BankFeed {
  readonly fetchLines: (request: BankFeedRequest) => Promise<BankFeedPage>
}

export interface BooksRequest extends ProviderCall {
  /** Only what changed after this moment. */
  readonly changedSince?: IsoInstant
  readonly account?: string
  readonly since?: IsoDate
  readonly until?: IsoDate
  readonly cursor?: string
}

export interface BooksPage extends ProviderPage {
  readonly entries: readonly BookEntry[]
  /** Entries that were deleted or voided there. */
  readonly removedEntryIds: readonly string[]
}

/** An invoice as it stands in the books right now. */
export interface InvoiceBalance {
  readonly invoiceId: string
  readonly documentNumber?: string
  readonly customerId?: string
  readonly total: Money
  /** What is still open. */
  readonly balance: Money
  /** The provider's revision of the record, where it has one (QuickBooks SyncToken). */
  readonly revision?: string
  readonly readAt: IsoInstant
}

/** Payments in the books, as read back: what the echo and out-of-band rules look at. */
export interface BookedPayment {
  readonly paymentId: string
  readonly amount: Money
  readonly date: IsoDate
  readonly memo?: string
  readonly invoiceIds: readonly string[]
  readonly status: 'LIVE' | 'VOIDED' | 'DELETED'
  readonly revision?: string
}

/** Reads the books. Optional methods are capabilities of their own. */
export interface Books {
  readonly fetchEntries: (request: BooksRequest) => Promise<BooksPage>
  readonly readInvoice?: (invoiceId: string, call?: ProviderCall) => Promise<InvoiceBalance>
  readonly readPayment?: (paymentId: string, call?: ProviderCall) => Promise<BookedPayment>
}

export interface PaymentPosting extends ProviderCall {
  /** At most 50 characters, the same for every try of the same write: the provider answers a replay with the first result. */
  readonly idempotencyKey: string
  readonly invoiceId: string
  readonly customerId?: string
  readonly amount: Money
  readonly date: IsoDate
  /** Carries the memo stamp (see writeback/memo-stamp.ts). */
  readonly memo: string
  /** The account the money is deposited to; the provider's default (undeposited funds) when absent. */
  readonly depositAccount?: string
  readonly reference?: string
}

export interface PaymentReversal extends ProviderCall {
  readonly idempotencyKey: string
  /** The payment this provider returned when it was posted. */
  readonly paymentId: string
  readonly invoiceId: string
  readonly customerId?: string
  readonly amount: Money
  readonly date: IsoDate
  readonly memo: string
  /** True when the whole payment goes; a partial reversal needs a journal. */
  readonly full: boolean
  /** Account strings for the journal that reverses the deposit and the fee expense, where the provider posts one. */
  readonly accounts?: { readonly receivable?: string; readonly clearing?: string; readonly feeExpense?: string }
  readonly feeAmount?: Money
}

/** A confirmed link to tell the source system. One to one, and n to m for a batch. */
export interface MatchConfirmation extends ProviderCall {
  readonly idempotencyKey: string
  readonly groups: readonly {
    /** The same for all rows of one reconciliation. At most 50 characters. */
    readonly reference: string
    readonly bankLineIds: readonly string[]
    readonly bookEntryIds: readonly string[]
  }[]
}

/** DONE: in the books. ACCEPTED: taken, the outcome comes later under `externalId`. */
export interface WritebackReceipt {
  readonly state: 'DONE' | 'ACCEPTED'
  readonly externalId: string
  /** Further records made by the same write (a journal, a clearing entry). */
  readonly relatedIds?: readonly string[]
  readonly revision?: string
  readonly requestId?: string
}

/** Writes to the books. Each method is a capability: a provider that cannot reverse has no `reversePayment`. */
export interface Writeback {
  readonly postPayment?: (posting: PaymentPosting) => Promise<WritebackReceipt>
  readonly reversePayment?: (reversal: PaymentReversal) => Promise<WritebackReceipt>
  readonly confirmMatches?: (confirmation: MatchConfirmation) => Promise<WritebackReceipt>
  /** The outcome of an ACCEPTED write. */
  readonly readOutcome?: (externalId: string, call?: ProviderCall) => Promise<WritebackOutcome>
}

export interface TransferOrder extends ProviderCall {
  readonly idempotencyKey: string
  /** The connected account or beneficiary that is paid. */
  readonly destination: string
  readonly amount: Money
  /** Ties the transfer to the payment it passes on. */
  readonly group?: string
  readonly metadata?: Readonly<Record<string, string>>
}

export interface TransferReversal extends ProviderCall {
  readonly idempotencyKey: string
  readonly transferId: string
  readonly amount: Money
}

/** Pays creditors and takes payments back: the rail behind a remittance. */
export interface Transfers {
  readonly createTransfer: (order: TransferOrder) => Promise<WritebackReceipt>
  readonly reverseTransfer: (reversal: TransferReversal) => Promise<WritebackReceipt>
}

export type WritebackOutcome =
  | { readonly state: 'DONE'; readonly externalId: string }
  | { readonly state: 'ACCEPTED' }
  | { readonly state: 'FAILED'; readonly message: string; readonly failedIds: readonly string[] }

/** One HTTP delivery as it came in. `body` is the raw bytes: signatures are over them, never over parsed JSON. */
export interface WebhookDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly receivedAt: IsoInstant
}

interface ProviderEventBase {
  /** The provider's id of the event, for de-duplication. Derived from the content where the provider gives none. */
  readonly eventId: string
  /** The provider's own name of it, as received. */
  readonly type: string
  readonly occurredAt?: IsoInstant
}

/** What a webhook said, in our words. Payloads hold only what is used; the books are read back where they matter. */
export type ProviderEvent = ProviderEventBase &
  (
    | {
        readonly kind: 'RECORD_CHANGED'
        readonly entity: string
        readonly entityId: string
        readonly operation: string
        /** The company, realm or tenant at the provider. */
        readonly companyId?: string
      }
    | {
        readonly kind: 'PAYMENT_UPDATED'
        readonly paymentId: string
        readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED'
        readonly amount?: Money
        readonly reference?: string
        readonly metadata: Readonly<Record<string, string>>
      }
    | {
        readonly kind: 'PAYMENT_REVERSED'
        readonly reversalId: string
        readonly paymentId: string
        readonly amount: Money
        readonly cause: 'DISPUTE' | 'REFUND' | 'BANK_RETURN'
      }
    | {
        readonly kind: 'REVERSAL_UNDONE'
        readonly reversalId: string
        readonly paymentId: string
        readonly amount: Money
      }
    | {
        readonly kind: 'TRANSFER_UPDATED'
        readonly transferId: string
        readonly status: 'PENDING' | 'PAID' | 'FAILED' | 'REVERSED'
        readonly amount?: Money
      }
    | {
        readonly kind: 'TRANSACTABLE_UPDATED'
        readonly transactableKind: string
        readonly transactableId: string
        /** As received: `tentatively_reconciled`, `reconciled`, `overdue`, ... */
        readonly event: string
        readonly status?: string
        readonly transactionIds: readonly string[]
      }
    | { readonly kind: 'OTHER' }
  )

export interface WebhookParse {
  readonly events: readonly ProviderEvent[]
  /** Set when the provider wants a particular answer (a handshake). Status 200 with an empty body otherwise. */
  readonly respond?: { readonly status: number; readonly body?: string }
}

/**
 * Verifies and reads one delivery.
 * @throws ReconError WEBHOOK_SIGNATURE_INVALID, REQUEST_INVALID
 */
export type ParseWebhook = (delivery: WebhookDelivery) => Promise<WebhookParse>

/** OAuth tokens, kept by the host. `expiresAt` of each is an instant; secrets never appear in logs or events. */
export interface ProviderTokens {
  readonly accessToken: string
  readonly accessTokenExpiresAt?: IsoInstant
  readonly refreshToken?: string
  readonly refreshTokenExpiresAt?: IsoInstant
}

/** Where a provider finds and keeps its tokens. `exclusively` serialises refreshes across processes. */
export interface TokenStore {
  readonly load: () => Promise<ProviderTokens>
  readonly save: (tokens: ProviderTokens) => Promise<void>
  readonly exclusively?: <Result>(work: () => Promise<Result>) => Promise<Result>
}
