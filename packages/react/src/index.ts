export { type ActivityEntry, ActivityLog, type ActivityLogProps } from './activity-log/activity-log.tsx'
export { type ActivityLogModel, useActivityLog } from './activity-log/use-activity-log.ts'
export {
  AnswerAutosave,
  type AutosaveOptions,
  type DraftStore,
  type KeptDraft,
  type LineState,
  type SaveAttempt,
  type SaveOutcome,
} from './client-portal/answer-autosave.ts'
export { ClientPortal, type ClientPortalProps, PortalGone } from './client-portal/client-portal.tsx'
export { type DeviceDraftOptions, deviceDrafts } from './client-portal/device-drafts.ts'
export { deviceUploads, type UploadMemory } from './client-portal/device-uploads.ts'
export type { PortalAnswer, PortalAttachment, PortalLine, PortalRequest } from './client-portal/portal-answer.ts'
export { type UploadTransport, uploadFile } from './client-portal/resumable-upload.ts'
export {
  type ClientPortalModel,
  type ClientPortalOptions,
  type PortalTransport,
  useClientPortal,
} from './client-portal/use-client-portal.ts'
export { CreditorStatement, type CreditorStatementProps } from './collections-desk/creditor-statement-view.tsx'
export {
  PlacementCard,
  type PlacementCardActions,
  type PlacementCardProps,
} from './collections-desk/placement-card.tsx'
export { RemittanceLedger, type RemittanceLedgerProps } from './collections-desk/remittance-ledger.tsx'
export {
  type CreditorStatementModel,
  type StatementSum,
  useCreditorStatement,
} from './collections-desk/use-creditor-statement.ts'
export { type PlacementCardModel, usePlacementCard } from './collections-desk/use-placement-card.ts'
export {
  type LedgerTotals,
  type RemittanceLedgerModel,
  useRemittanceLedger,
} from './collections-desk/use-remittance-ledger.ts'
export {
  type DepositSourceActions,
  DepositSourceBar,
  type DepositSourceBarProps,
} from './deposit-source-bar/deposit-source-bar.tsx'
export { ImportDialog, type ImportDialogProps } from './deposit-source-bar/import-dialog.tsx'
export { type ImportPreview, ImportPreviewTable } from './deposit-source-bar/import-preview.tsx'
export {
  type DepositSourceModel,
  type DepositSourceNotice,
  useDepositSource,
} from './deposit-source-bar/use-deposit-source.ts'
export { type ImportDialogModel, type ImportSource, useImportDialog } from './deposit-source-bar/use-import-dialog.ts'
export { DispatchDialog, type DispatchDialogProps } from './dispatch-dialog/dispatch-dialog.tsx'
export {
  type DispatchModel,
  type DispatchOptions,
  type DispatchRecipient,
  useDispatch,
} from './dispatch-dialog/use-dispatch.ts'
export { defaultKeyMap, type KeyCommand, type KeyMap, keyCommands } from './key-map/key-map.ts'
export { KeyMapDialog, type KeyMapDialogProps } from './key-map/key-map-dialog.tsx'
export { type LocalizedFormat, localizedFormat } from './localized-format.ts'
export {
  type MappingDraft,
  type MappingProblem,
  mappingOf,
} from './mapping-editor/mapping-draft.ts'
export { MappingEditor, type MappingEditorProps } from './mapping-editor/mapping-editor.tsx'
export {
  type BankTableMapping,
  type LedgerTableMapping,
  type MappingField,
  type MappingTarget,
  type ProposalDoubt,
  type ProposalReason,
  type TableColumn,
  type TableLook,
  type TableMapping,
  type TableProposal,
  tableSourceKey,
} from './mapping-editor/table-mapping.ts'
export {
  type MappingMemory,
  type MappingStart,
  type TableMappingModel,
  type TableMappingOptions,
  type TableMappingReady,
  useTableMapping,
} from './mapping-editor/use-table-mapping.ts'
export { MatchTabs, type MatchTabsProps } from './match-tabs/match-tabs.tsx'
export {
  type MatchTabsModel,
  type MatchTabsOptions,
  type PaymentActions,
  type PaymentChoice,
  useMatchTabs,
} from './match-tabs/use-match-tabs.ts'
export type { SyncStatusName } from './messages/collections-messages.ts'
export type { MappingMessages, MappingRule } from './messages/mapping-messages.ts'
export type { Messages, QueueFilterName } from './messages/messages.ts'
export { ar } from './messages/messages-ar.ts'
export { de } from './messages/messages-de.ts'
export { en } from './messages/messages-en.ts'
export { fr } from './messages/messages-fr.ts'
export { reasonText } from './messages/reason-messages.ts'
export type { OutboxStatusName, RunStatusName } from './messages/run-messages.ts'
export { type OutboxRow, OutboxTable, type OutboxTableProps } from './outbox-table/outbox-table.tsx'
export { type OutboxModel, useOutbox } from './outbox-table/use-outbox.ts'
export { type Action, ActionButton, type ActionButtonProps } from './parts/action-button.tsx'
export { Amount, type AmountProps } from './parts/amount.tsx'
export { type DataColumn, DataTable, type DataTableProps } from './parts/data-table.tsx'
export { ErrorBoundary, type ErrorBoundaryProps } from './parts/error-boundary.tsx'
export { ModalFrame, type ModalFrameProps } from './parts/modal-frame.tsx'
export { Badge, ScenarioBadge, type Tone } from './parts/scenario-badge.tsx'
export { EmptyState, FailedState, LoadingRows, type LoadState } from './parts/screen-state.tsx'
export { type BalanceProof, ProofPanel, type ProofPanelProps } from './proof-panel/proof-panel.tsx'
export { type ProofCause, type ProofModel, useProof } from './proof-panel/use-proof.ts'
export { type Density, type ReconEnvironment, useRecon } from './recon-root/recon-context.ts'
export { type Appearance, ReconRoot, type ReconRootProps } from './recon-root/recon-root.tsx'
export {
  EvidenceDrawer,
  type EvidenceDrawerProps,
  type PairExplanation,
} from './reconcile-modal/evidence-drawer.tsx'
export { ReconcileModal, type ReconcileModalProps } from './reconcile-modal/reconcile-modal.tsx'
export {
  type JournalEntry,
  type ReconcileActions,
  type ReconcileCandidate,
  type ReconcileChoice,
  type ReconcileModel,
  type ReconcileRule,
  useReconcile,
} from './reconcile-modal/use-reconcile.ts'
export { MatchReview, type MatchReviewProps } from './run-page/match-review.tsx'
export { type RunActions, RunHeader, type RunHeaderProps } from './run-page/run-header.tsx'
export {
  ExceptionQueue,
  type ResolutionHandlers,
  ResponsesReview,
  type UnreconciledEntry,
  type UnreconciledFile,
  UnreconciledList,
  type UnreconciledListProps,
} from './run-page/unreconciled-list.tsx'
export { type MatchReviewModel, type MatchReviewOptions, useMatchReview } from './run-page/use-match-review.ts'
export { type RunHeaderModel, type RunHeaderOptions, useRunHeader } from './run-page/use-run-header.ts'
export { type UnreconciledModel, useUnreconciled } from './run-page/use-unreconciled.ts'
export type { BarDatum } from './run-summary/bar-list.tsx'
export { runFigures } from './run-summary/run-figures.ts'
export { type RunFigures, RunFiguresBar, RunSummary } from './run-summary/run-summary.tsx'
export { type RunSummaryModel, useRunSummary } from './run-summary/use-run-summary.ts'
export { runWorkItems } from './run-work-items.ts'
export { SweepBatchView, type SweepBatchViewProps } from './sweep-batch-view/sweep-batch-view.tsx'
export {
  type SweepBatchModel,
  type SweepBatchOptions,
  type SweepChoice,
  useSweepBatch,
} from './sweep-batch-view/use-sweep-batch.ts'
export { SyncLog, type SyncLogProps, type SyncRow } from './sync-log/sync-log.tsx'
export { type SyncRowsModel, useSyncRows } from './sync-log/use-sync-rows.ts'
export type { QueueSelection } from './transaction-list/queue-selection.ts'
export { type RowActionName, type RowActions, rowActionNames } from './transaction-list/row-actions.ts'
export type { TransactionColumnId } from './transaction-list/transaction-columns.tsx'
export type { ColumnChoice } from './transaction-list/transaction-grid.tsx'
export {
  defaultQuery,
  queueFilters,
  type TransactionQuery,
  type TransactionSort,
} from './transaction-list/transaction-index.ts'
export { TransactionList, type TransactionListProps } from './transaction-list/transaction-list.tsx'
export {
  type BulkActionName,
  type BulkActions,
  type BulkTarget,
  type TransactionListModel,
  type TransactionListOptions,
  useTransactionList,
} from './transaction-list/use-transaction-list.ts'
export {
  type TransactableEntry,
  TransactableTable,
  type TransactableTableProps,
} from './transaction-statement/transactable-table.tsx'
export {
  type StatementLine,
  TransactionStatement,
  type TransactionStatementProps,
} from './transaction-statement/transaction-statement.tsx'
export {
  type TransactionStatementModel,
  useTransactionStatement,
} from './transaction-statement/use-transaction-statement.ts'
export { type Announcement, UndoToast, type UndoToastProps } from './undo-toast/undo-toast.tsx'
export type { WorkItem } from './work-item.ts'
