import type { Instrument, ReviewItemStatus, Scenario, Signal, Verdict } from '@recon/core'
import type { CollectionsMessages, TreasuryMessages } from './collections-messages.ts'
import type { MappingMessages } from './mapping-messages.ts'
import type { DepositSourceMessages, ImportMessages, PaymentsMessages } from './payments-messages.ts'
import type { PortalMessages } from './portal-messages.ts'
import type { ReasonMessages } from './reason-messages.ts'
import type { RunMessages } from './run-messages.ts'
import type { ScreenMessages } from './screen-messages.ts'

export type { ReasonMessages, ReasonParams } from './reason-messages.ts'

/** Words around everything: buttons, states, the frame of a grid. */
export interface FrameMessages {
  readonly close: string
  readonly cancel: string
  readonly save: string
  readonly undo: string
  readonly undone: string
  readonly retry: string
  readonly more: string
  readonly copy: string
  readonly copied: string
  readonly copyAmount: (amount: string) => string
  readonly selected: (count: number) => string
  readonly clear: string
  readonly loading: string
  readonly loadingRows: (loaded: number, total: number) => string
  readonly loadFailed: string
  readonly notAllowed: string
  readonly rowFailed: string
  readonly screenFailed: string
  readonly refused: (reason: string) => string
  readonly position: (index: number, total: number) => string
  readonly none: string
  readonly total: string
  readonly notifications: string
  readonly columns: string
  readonly print: string
  readonly exportCsv: string
  readonly working: (done: number, total: number) => string
  readonly from: string
  readonly to: string
  readonly why: string
  readonly showMore: (count: number) => string
}

export interface ColumnMessages {
  readonly scenario: string
  readonly time: string
  readonly counterparty: string
  readonly reference: string
  readonly instrument: string
  readonly amount: string
  readonly age: string
  readonly action: string
  readonly date: string
  readonly account: string
  readonly status: string
  readonly difference: string
  readonly selection: string
}

export type QueueFilterName =
  | 'ALL'
  | 'OPEN'
  | 'AP_ESCALATIONS'
  | 'FLAGGED'
  | 'AWAITING_JOURNAL'
  | 'AGED'
  | 'RECONCILED'
  | Scenario

export interface DeskMessages {
  readonly queue: string
  readonly search: string
  readonly searchHint: string
  readonly filters: string
  readonly filter: Readonly<Record<QueueFilterName, string>>
  readonly column: ColumnMessages
  readonly sortBy: (column: string) => string
  readonly resizeColumn: (column: string) => string
  readonly selectRow: (name: string) => string
  readonly selectAll: string
  readonly selectAllMatching: (count: number) => string
  readonly allMatchingSelected: (count: number) => string
  readonly noActionNeeded: string
  readonly noCounterparty: string
  readonly empty: string
  readonly emptyHint: string
  readonly emptyFilter: string
  readonly emptyFilterHint: string
  readonly showAll: string
  readonly severity: Readonly<Record<'high' | 'medium' | 'low' | 'none', string>>
  readonly escalatedAt: (when: string) => string
  readonly flaggedAt: (when: string) => string
}

/** What a person may do; the names of core's item actions. */
export interface ActionMessages {
  readonly review: string
  readonly reconcile: string
  readonly reconcileSelection: string
  readonly reconcileBatch: string
  readonly reconcileWithReference: string
  readonly closeBatch: string
  readonly flag: string
  readonly flagShort: string
  readonly unflag: string
  readonly escalate: string
  readonly escalateShort: string
  readonly recordJournal: string
  readonly awaitJournal: string
  readonly withdrawEscalation: string
  readonly approve: string
  readonly declineApproval: string
  readonly reopenApproval: string
  readonly releaseJournal: string
  readonly withdrawJournal: string
  readonly markUnreceived: string
  readonly revert: string
}

export interface DoneMessages {
  readonly reconciled: (count: number) => string
  readonly flagged: (count: number) => string
  readonly escalated: (count: number) => string
  readonly reverted: (count: number) => string
  readonly journalRecorded: (count: number) => string
  readonly rejected: (count: number) => string
  readonly someRefused: (count: number, reason: string) => string
  readonly held: (count: number) => string
  readonly approvalDeclined: (count: number) => string
  readonly approvalReopened: (count: number) => string
  readonly released: (count: number) => string
  readonly unreceived: (count: number) => string
  readonly batchClosed: (count: number) => string
  readonly undone: string
}

export interface ScenarioAlert {
  readonly title: string
  readonly body: string
}

export interface ReconcileMessages {
  readonly bankLine: string
  readonly bankLines: (count: number) => string
  readonly ledgerEntry: string
  readonly ledgerCandidates: string
  readonly noCandidates: string
  readonly noCandidatesHint: string
  readonly alert: Readonly<Record<Scenario, ScenarioAlert>>
  readonly duplicateBankAlert: ScenarioAlert
  readonly match: string
  readonly closest: string
  readonly booked: string
  readonly valueDate: string
  readonly text: string
  readonly bankReference: string
  readonly originalAmount: string
  readonly returnCode: string
  readonly keyIdentifier: Readonly<
    Record<'endToEndId' | 'checkNumber' | 'mandateId' | 'structureId' | 'bankReference', string>
  >
  readonly ledgerIdentifier: Readonly<
    Record<'paymentReference' | 'transactionNumber' | 'checkNumber' | 'structureId' | 'documentNumber', string>
  >
  readonly whyEntry: (entry: string) => string
  readonly whyNotEntry: (entry: string) => string
  readonly whyNot: string
  readonly margin: (bits: string) => string
  readonly noRunnerUp: string
  readonly notCompared: string
  readonly signalColumn: string
  readonly verdictColumn: string
  readonly choose: (entry: string) => string
  readonly matchedBy: (step: string) => string
  readonly readOnly: string
  readonly differenceOpen: string
  readonly reference: string
  readonly referenceHint: string
  readonly journalReference: string
  readonly settledAmount: (currency: string) => string
  /** Label of the field for a reason. */
  readonly why: string
  readonly approvalWaits: (requestedBy: string) => string
  readonly approvalDeclined: (by: string, reason: string) => string
  readonly approvalOutdated: string
}

export interface SweepMessages {
  readonly bankEntries: string
  readonly journalEntries: string
  readonly selected: string
  readonly hint: string
  readonly counts: (bank: number, ledger: number) => string
  readonly excluded: string
  readonly include: string
  readonly exclude: string
  readonly locked: (difference: string) => string
  readonly toggle: (entry: string) => string
}

export interface ProofMessages {
  readonly title: string
  readonly openingBalance: string
  readonly movements: (count: number) => string
  readonly closingBalance: string
  readonly statementProof: string
  readonly balancePerBank: string
  readonly balancePerBooks: string
  readonly bankTotal: string
  readonly bookTotal: string
  readonly difference: string
  readonly unexplained: string
  readonly cause: Readonly<Record<string, string>>
  readonly items: (count: number) => string
  readonly holds: string
  readonly broken: string
  readonly empty: string
}

export interface ActivityMessages {
  readonly title: string
  readonly empty: string
  readonly by: (actor: string) => string
  readonly system: string
  readonly event: Readonly<Record<string, string>>
  readonly undoEntry: (event: string) => string
  readonly undoneEntry: string
}

export interface SummaryMessages {
  readonly title: string
  readonly reconciledOf: (done: string, total: string) => string
  readonly reconciledShare: (share: string) => string
  readonly reconciledAmount: string
  readonly open: (oldest: string) => string
  readonly openOnly: string
  readonly failed: string
  readonly proofDifference: string
  readonly byScenario: string
  readonly byAge: string
  readonly byCause: string
  readonly count: string
  readonly amount: string
  readonly asTable: string
  readonly ageBand: Readonly<Record<'today' | 'days1to2' | 'days3to5' | 'days6to10' | 'older', string>>
}

export interface CashDeskMessages {
  readonly title: string
  readonly transactions: string
  readonly proof: string
  readonly activity: string
  readonly summary: string
  readonly loaded: (when: string) => string
  readonly fileName: Readonly<Record<'exceptions' | 'escalations' | 'flagged' | 'fx-journal', string>>
}

export interface KeyMessages {
  readonly title: string
  readonly all: string
  readonly move: string
  readonly open: string
  readonly select: string
  readonly reconcile: string
  readonly flag: string
  readonly escalate: string
  readonly undo: string
  readonly search: string
  readonly help: string
  readonly close: string
  readonly copyAmount: string
  readonly space: string
  readonly enter: string
  readonly escape: string
}

/** Every word on every screen. A pack with a missing key does not type-check. */
export interface Messages {
  /** BCP 47 tag of the pack: decides plurals, numbers and dates when the host names no other locale. */
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly frame: FrameMessages
  readonly desk: DeskMessages
  readonly action: ActionMessages
  readonly done: DoneMessages
  readonly scenario: Readonly<Record<Scenario, string>>
  readonly status: Readonly<Record<ReviewItemStatus, string>>
  readonly instrument: Readonly<Record<Instrument, string>>
  readonly signal: Readonly<Record<Signal, string>>
  readonly verdict: Readonly<Record<Verdict, string>>
  readonly reason: ReasonMessages
  /** Names of normalization steps. */
  readonly step: Readonly<Record<string, string>>
  readonly returnCode: Readonly<Record<string, string>>
  readonly reconcile: ReconcileMessages
  readonly sweep: SweepMessages
  readonly proof: ProofMessages
  readonly activity: ActivityMessages
  readonly summary: SummaryMessages
  readonly keys: KeyMessages
  readonly cashDesk: CashDeskMessages
  readonly portal: PortalMessages
  readonly payments: PaymentsMessages
  readonly depositSource: DepositSourceMessages
  readonly importing: ImportMessages
  readonly mapping: MappingMessages
  readonly run: RunMessages
  readonly collections: CollectionsMessages
  readonly treasury: TreasuryMessages
  readonly screens: ScreenMessages
}
