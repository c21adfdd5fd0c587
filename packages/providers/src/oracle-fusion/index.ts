export { type FusionRow, readFusionExport } from './fusion-export.ts'
export { type OracleFusionOptions, oracleFusion } from './oracle-fusion.ts'
export {
  type FusionExportOptions,
  type FusionField,
  type FusionReading,
  readLedgerEntries,
  readStatementLines,
} from './oracle-fusion-convert.ts'
export { buildReconciliationImport, type ReconciliationImport } from './reconciliation-import.ts'
