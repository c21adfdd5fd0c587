export {
  type ResolutionRequest,
  type RunState,
  resolutionSchema,
  type UnreconciledRow,
} from './bookkeeping-contract.ts'
export type {
  CreditorStatementRow,
  DriftRow,
  PlacementDetail,
  PlacementRow,
  RemittanceRow,
  WritebackRow,
} from './collections-contract.ts'
export { type Contract, contract } from './contract.ts'
export { type CallOptions, type Client, type ClientOptions, createClient } from './create-client.ts'
export type { DepositSourceRow } from './deposit-source-contract.ts'
export type { Endpoint, EndpointAudience } from './endpoint.ts'
export { csvExportKinds } from './export-contract.ts'
export { importRecordLimit } from './import-contract.ts'
export { bulkActions, type ItemActionRequest, itemActionSchema, itemSorts, queues } from './item-contract.ts'
export { listedChanges } from './lab-contract.ts'
export { type ExportJob, reportKinds } from './operation-contract.ts'
export type { PeriodRow } from './period-contract.ts'
export { type PortalItem, uploadPartLimit } from './portal-contract.ts'
export { type Problem, type ProblemCode, problemSchema, problemStatus } from './problem.ts'
export { bankLineSchema, bookEntrySchema, statementHeadSchema } from './record-schema.ts'
export type { ActivityEventRow, ItemRow } from './review-item-schema.ts'
export { type Route, type Routes, routes } from './routes.ts'
export { presetNames, type RunRow } from './run-contract.ts'
export {
  certainties,
  type TransactableInput,
  type TransactableRow,
  type TreasuryLineRow,
  transactableInputSchema,
  transactableLimit,
} from './treasury-contract.ts'
