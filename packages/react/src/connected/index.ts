export { CashDesk, type CashDeskProps } from './cash-desk.tsx'
export { type ClientRootProps, type Connection, ReconRoot, useConnection } from './client-root.tsx'
export {
  CollectionsScreen,
  type CollectionsScreenProps,
  type CollectionsTab,
} from './collections-screen.tsx'
export { DepositSourcePanel, type DepositSourcePanelProps } from './deposit-source-panel.tsx'
export { ExceptionsScreen, type ExceptionsScreenProps } from './exceptions-screen.tsx'
export { OutboxScreen } from './outbox-screen.tsx'
export { PaymentsScreen, type PaymentsScreenProps } from './payments-screen.tsx'
export { PlacementsScreen, type PlacementsScreenProps } from './placements-screen.tsx'
export { PortalScreen, type PortalScreenProps, portalTransport } from './portal-screen.tsx'
export { type Query, type QueryEntry, QueryStore, useQuery } from './query-store.ts'
export { RemittancesScreen } from './remittances-screen.tsx'
export { RunListScreen, type RunListScreenProps } from './run-list-screen.tsx'
export { RunReportsPanel } from './run-reports-panel.tsx'
export { RunScreen, type RunScreenProps } from './run-screen.tsx'
export { StatementsScreen } from './statements-screen.tsx'
export { SyncLogScreen } from './sync-log-screen.tsx'
export { TreasuryScreen, type TreasuryScreenProps } from './treasury-screen.tsx'
export { useActor } from './use-actor.ts'
export {
  type CollectionsScope,
  useCreditorStatements,
  useCreditors,
  usePlacement,
  usePlacements,
  useRemittances,
  useSyncLog,
} from './use-collections-desk.ts'
export { useDecidedWrite } from './use-decided-write.ts'
export { useDepositSources } from './use-deposit-sources.ts'
export { type DeskOptions, useDesk } from './use-desk.ts'
export { type DeskActions, useDeskActions } from './use-desk-actions.ts'
export { usePayments } from './use-payments.ts'
export { useReports } from './use-reports.ts'
export { useStatementRun } from './use-statement-run.ts'
export { type TreasuryScope, useTransactables, useTreasuryLines } from './use-treasury.ts'
