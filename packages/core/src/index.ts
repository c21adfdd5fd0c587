export { activityCatalogue, type CatalogueEntry } from './activity-catalogue.ts'
export type { ActivityEvent } from './activity-event.ts'
export { canonicalJson } from './canonical-content.ts'
export { contingencyFee, type FeeRequest } from './collections/contingency-fee.ts'
export {
  type ContingencyRate,
  contingencyRate,
} from './collections/contingency-rate.ts'
export {
  type CreditorStatement,
  type CreditorStatementRequest,
  creditorStatement,
  type Payout,
  type StatementAdjustment,
} from './collections/creditor-statement.ts'
export { type Installment, installmentPlan, type PlanRequest } from './collections/installment-plan.ts'
export {
  isRecovered,
  type Placement,
  type PlacementTotals,
  placementTotals,
  type RateStep,
  rateAt,
} from './collections/placement.ts'
export {
  applyPayment,
  type PaymentInput,
  type PlacementActions,
  type PlacementContext,
  type PlacementOutcome,
  placementActions,
  type RateInput,
  type TakeBackInput,
} from './collections/placement-actions.ts'
export { type PlacementEvent, type PlacementStatus, placementMachine } from './collections/placement-machine.ts'
export {
  isClawBack,
  type MintRequest,
  mintRemittance,
  moveRemittance,
  type Remittance,
  type RemittanceInput,
} from './collections/remittance.ts'
export { type RemittanceEvent, type RemittanceStatus, remittanceMachine } from './collections/remittance-machine.ts'
export { mintReversal, type ReversalRequest, remainderOf } from './collections/reversal.ts'
export {
  createMatchingEngine,
  type DriveOptions,
  type MatchDelta,
  type MatchingEngine,
} from './create-matching-engine.ts'
export { allow, type Decision, named, naming, type Refusal, refuse } from './decision.ts'
export {
  type DepositSource,
  defaultFetchTimes,
  type FetchTimes,
  fetchDue,
  isStale,
  moveSource,
  type SourceActions,
  sourceActions,
} from './deposits/deposit-source.ts'
export {
  type DepositSourceEvent,
  type DepositSourceStatus,
  depositSourceMachine,
} from './deposits/deposit-source-machine.ts'
export { type EffectEntry, effectCatalogue } from './effect-catalogue.ts'
export { lightRun } from './light-run.ts'
export { type LoggedAs, machineActivity } from './machine-activity.ts'
export { machines } from './machine-catalogue.ts'
export {
  type MatchInput,
  type MatchRun,
  matchLines,
  type PolicySource,
  policyOf,
  type RunProof,
} from './match-lines.ts'
export { type Assignment, assign } from './matching/assignment.ts'
export {
  type Calibration,
  type CalibrationDecision,
  type CalibrationTarget,
  calibrateAutomatic,
} from './matching/calibrate-automatic.ts'
export {
  type KnownParty,
  type PartyClue,
  type PartyResolution,
  resolveCounterparty,
} from './matching/counterparty-resolution.ts'
export type { Evidence, Reason, Signal, Verdict } from './matching/evidence.ts'
export type { PairExplanation, PairVerdict } from './matching/explain.ts'
export {
  type DeduplicationRules,
  defaultDeduplicationRules,
  findLineTwins,
  type ImportedLine,
  type LineTwin,
  type LineTwinClass,
} from './matching/line-deduplication.ts'
export {
  type Adjustment,
  type Match,
  type MatchKind,
  type MatchPass,
  type MatchStatus,
  matchPasses,
} from './matching/match.ts'
export {
  defaultPolicy,
  type MatchPolicy,
  type MatchPolicyInput,
  matchPolicy,
  matchPolicySchema,
} from './matching/match-policy.ts'
export { matchReasons, type ReasonTable, reasonSentence } from './matching/match-reasons.ts'
export {
  builtInWeights,
  estimateWeights,
  type WeightEstimate,
  type WeightKey,
  type WeightObservation,
  type WeightTable,
} from './matching/match-weights.ts'
export type { MatchingProgress } from './matching/matching-engine.ts'
export { jaroWinkler } from './matching/name-similarity.ts'
export { type IdentifierColumn, joinIdentifiers } from './matching/pairs-only.ts'
export { findSubsets, type SubsetSumOptions, type SubsetSumResult } from './matching/subset-sum.ts'
export { type ClearingItem, zeroSumSet } from './matching/zero-sum-set.ts'
export { allocateMoney } from './money/allocation.ts'
export { currencyCodes, currencyExponent, isCurrency } from './money/currency.ts'
export {
  addMoney,
  compareMoney,
  fromMinorUnits,
  isZeroMoney,
  type Money,
  type MoneyFormat,
  type MoneyRefusalCode,
  money,
  multiplyMoney,
  negateMoney,
  parseMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
} from './money/money.ts'
export { wrongMoney } from './money/money-check.ts'
export { divideRounded, type RoundingMode, roundingModes } from './money/rounding.ts'
export {
  type ClientResponse,
  type PortalActions,
  type PortalContext,
  portalActions,
  type ResponseInput,
  type ResponseKind,
} from './portal/client-response.ts'
export { type ClientResponseStatus, clientResponseMachine } from './portal/client-response-machine.ts'
export {
  type Dispatch,
  type DispatchEvent,
  type DispatchedItem,
  type DispatchRequest,
  type DispatchStatus,
  dispatchMachine,
  dispatchSubject,
  moveDispatch,
  prepareDispatch,
  sendDispatch,
} from './portal/dispatch.ts'
export {
  dispatchDays,
  endLink,
  issueLink,
  type LinkContext,
  type LinkOpening,
  type LinkOrder,
  type LinkRefusalCode,
  linkStanding,
  type MagicLink,
  type MagicLinkEvent,
  type MagicLinkStatus,
  magicLinkMachine,
  openLink,
  redeemLink,
  signInMinutes,
  spendLink,
  type TrackedLink,
} from './portal/magic-link.ts'
export {
  moveMessage,
  type OutboxInput,
  type OutboxMessage,
  type OutboxMessageEvent,
  type OutboxMessageStatus,
  outboxAlarm,
  outboxAlarmSeconds,
  outboxMessageMachine,
  queueMessage,
} from './portal/outbox-message.ts'
export {
  endSession,
  type PortalSession,
  type PortalSessionStatus,
  portalSessionMachine,
  type SessionRefusalCode,
  type SessionStart,
  sessionDays,
  sessionStanding,
  startSession,
  type TrackedSession,
} from './portal/portal-session.ts'
export {
  dispatchItem,
  type ItemResolution,
  isMaterial,
  type ResolutionActions,
  type ResolutionContext,
  resolutionActions,
  type UnreconciledItem,
} from './portal/unreconciled-item.ts'
export { type UnreconciledItemStatus, unreconciledItemMachine } from './portal/unreconciled-item-machine.ts'
export { dateToleranceDays } from './presets/bookkeeping.ts'
export { paymentsDeskAutomatic } from './presets/payments-desk.ts'
export type { Preset } from './presets/preset.ts'
export { type PresetName, presets } from './presets/presets.ts'
export { type DifferenceCause, type DifferenceCauseCode, differenceCauseCodes } from './proof/difference-causes.ts'
export {
  type FxAccounts,
  type FxJournal,
  type FxJournalRequest,
  type FxWire,
  fxVarianceJournal,
  type JournalLine,
  journalTotals,
} from './proof/fx-journal.ts'
export { type CurrencyProof, linkProof, type ProofCause, type ProofInput } from './proof/link-proof.ts'
export {
  type AccountingPeriod,
  accountingPeriodMachine,
  lockedThrough,
  type PeriodActions,
  type PeriodFacts,
  periodActions,
} from './proof/period-lock.ts'
export {
  type CarriedItem,
  type ReconciliationStatement,
  type ReconciliationStatementRequest,
  type ReconcilingItem,
  type ReconcilingKind,
  reconciliationStatement,
  reconcilingKinds,
} from './proof/reconciliation-statement.ts'
export {
  type ProofFinding,
  type ProofFindingCode,
  proofFindingCodes,
  type StatementProof,
  statementProof,
} from './proof/statement-proof.ts'
export type {
  BankFeed,
  BankFeedPage,
  BankFeedRequest,
  BookedPayment,
  Books,
  BooksPage,
  BooksRequest,
  InvoiceBalance,
  MatchConfirmation,
  ParseWebhook,
  PaymentPosting,
  PaymentReversal,
  Provider,
  ProviderCall,
  ProviderEvent,
  ProviderPage,
  ProviderTokens,
  ProviderWarning,
  TokenStore,
  TransferOrder,
  TransferReversal,
  Transfers,
  WebhookDelivery,
  WebhookParse,
  Writeback,
  WritebackOutcome,
  WritebackReceipt,
} from './provider.ts'
export { ReconError, type ReconErrorCode, type ReconErrorOptions, reconErrorCodes } from './recon-error.ts'
export {
  type BankLine,
  type BankLineStatus,
  type BankReferences,
  bankLineStatuses,
  type Counterparty,
} from './records/bank-line.ts'
export { type BookEntry, type BookEntryKind, type BookReferences, bookEntryKinds } from './records/book-entry.ts'
export { type Instrument, instruments } from './records/instrument.ts'
export {
  addDays,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  type IsoDate,
  type IsoInstant,
  isIsoDate,
  isIsoInstant,
  isoDate,
} from './records/iso-date.ts'
export { type Balance, type BalanceKind, type BankStatement, balanceKinds } from './records/statement.ts'
export { bridgingStep, canonicalReference } from './references/normalization-pipeline.ts'
export { activeDecision } from './review/active-decision.ts'
export type { DecisionStep } from './review/decision-steps.ts'
export type { ItemActionInputs, ItemActionName, ItemActions } from './review/item-action.ts'
export { itemActions } from './review/item-actions.ts'
export {
  applyItemEvent,
  type ItemEvent,
  type ItemEventData,
  type ItemEventName,
  type ItemOutcome,
  type ItemState,
  itemEventNames,
  itemState,
  replayItem,
} from './review/item-change.ts'
export { previewReopening, type Reopening } from './review/item-undo.ts'
export { type ApprovalEvent, type ApprovalStatus, approve, makerCheckerMachine } from './review/maker-checker.ts'
export {
  type MatchDecision,
  type MatchDecisionEvent,
  type MatchDecisionState,
  matchDecisionMachine,
} from './review/match-decision.ts'
export {
  type Actor,
  type Desk,
  deskRoles,
  desks,
  missingPermission,
  type Permission,
  permissions,
  type Role,
  roles,
} from './review/permission.ts'
export {
  type ClientContact,
  eligibleContacts,
  type ReconciliationRun,
  type RunActions,
  type RunContext,
  type RunFacts,
  recipientRefused,
  runActions,
} from './review/reconciliation-run.ts'
export { type ItemSelection, type ReviewContext, type ReviewRecords, reviewContext } from './review/review-context.ts'
export type { ApprovalRequest, ClosedApproval, ItemNote, JournalRecord } from './review/review-item.ts'
export { type ReviewBucket, type ReviewItem, type ReviewItemStatus, reviewItemStatuses } from './review/review-item.ts'
export { type ReviewItemEvent, reviewItemMachine } from './review/review-item-machine.ts'
export { defaultReviewSettings, type ReviewSettings } from './review/review-settings.ts'
export { type RunEvent, type RunStatus, runMachine } from './review/run-machine.ts'
export { type SelectionBalance, selectionBalance } from './review/selection-balance.ts'
export { diffRuns, type LinkChange, type RunDifference } from './run-difference.ts'
export { type Scenario, scenarios } from './scenarios/scenario.ts'
export {
  type ChangeData,
  type ChangeEvent,
  type ChangeInput,
  type ChangeNote,
  recordBirth,
  recordChange,
  replaySubject,
  type Subject,
  type SubjectChange,
} from './subject-change.ts'
export { type BankLineEvent, bankLineMachine } from './tentative/bank-line-machine.ts'
export { type BankLineStanding, moveBankLine, replaceBankLine, toldLine } from './tentative/bank-line-standing.ts'
export { type Certainty, type Coverage, certaintyMachine, coverageOf } from './tentative/certainty.ts'
export {
  migrateLinks,
  type Supersession,
  supersedeLine,
  type TentativeLink,
  withdrawUnposted,
} from './tentative/supersession.ts'
export {
  checkOverdue,
  linkTransactable,
  moveTransactable,
  ownEvents,
  type Transactable,
} from './tentative/transactable.ts'
export {
  expectedPaymentMachine,
  incomingPaymentDetailMachine,
  paperItemMachine,
  paymentOrderMachine,
  returnMachine,
  type TransactableKind,
  transactableKinds,
  transactableMachines,
} from './tentative/transactable-machines.ts'
export {
  defineMachine,
  type Effect,
  type EventOf,
  type Fact,
  type Guard,
  type Machine,
  possibleEvents,
  type StateOf,
  type Step,
  type TransitionRefusalCode,
  transition,
} from './transition-table.ts'
export { type WebhookEntry, webhookCatalogue } from './webhook-catalogue.ts'
export {
  type Drift,
  type DriftReading,
  driftBetween,
  driftMachine,
  explainDrift,
  readAgain,
} from './writeback/drift.ts'
export { type Echo, type EchoKind, recognizeEcho } from './writeback/echo.ts'
export { defaultStampFormat, type StampFormat, stampedMemo, stampsIn } from './writeback/memo-stamp.ts'
export {
  idempotencyKey,
  longestIdempotencyKey,
  moveWriteback,
  type WritebackEvent,
  type WritebackInput,
  type WritebackMapping,
  type WritebackStatus,
  writebackMappingMachine,
} from './writeback/writeback-mapping.ts'
