export { type Bai2TypeCode, bai2TypeCode, bai2TypeCodes } from './bai2/bai2-type-code.ts'
export type { BankProfile, TagMeaning } from './bank-profile.ts'
export { bankProfiles } from './bank-profiles.ts'
export {
  type BankColumnMapping,
  type BankField,
  bankFields,
  type ColumnMapping,
  type ColumnReference,
  type LedgerColumnMapping,
  type LedgerField,
  ledgerFields,
  type MappingFile,
  parseColumnMapping,
  parseMappingFile,
} from './column-mapping/column-mapping.ts'
export type { DateOrder } from './column-mapping/date-order.ts'
export type {
  MappingDoubt,
  MappingProposal,
  MappingReason,
  ProposalOptions,
} from './column-mapping/mapping-proposal.ts'
export type { MappingReasonCode } from './column-mapping/mapping-reason.ts'
export { type PreviewOptions, previewTable, type TablePreview } from './column-mapping/preview-table.ts'
export { proposeMapping } from './column-mapping/propose-mapping.ts'
export type { RejectedRow } from './column-mapping/rejected-row.ts'
export type { TableRow } from './column-mapping/row-reading.ts'
export { type CsvColumn, type CsvWriteOptions, CsvWriter, streamCsv, writeCsv } from './csv/guarded-csv.ts'
export { type ItemRow, writeEscalationsCsv, writeExceptionsCsv, writeFlaggedCsv } from './csv/item-csv.ts'
export { type JournalRow, journalColumns, writeFxJournalCsv } from './csv/journal-csv.ts'
export { type PairsOnlyTable, pairsOnlyCsv, readPairsOnly } from './csv/pairs-only-reader.ts'
export { bankCsvColumns, ledgerCsvColumns, writeBankCsv, writeLedgerCsv } from './csv/record-columns.ts'
export {
  type BankCsv,
  type BankCsvOptions,
  type CsvEvent,
  type LedgerCsv,
  type LedgerCsvOptions,
  parseBankCsv,
  parseLedgerCsv,
  streamBankCsv,
  streamLedgerCsv,
} from './csv/record-csv.ts'
export {
  type QuickbooksAccounts,
  quickbooksJournal,
  remittanceColumns,
  writeQuickbooksImportCsv,
  writeRemittanceCsv,
} from './csv/remittance-csv.ts'
export { detectFormat, type FormatDetection, inspectFormat } from './detect-format.ts'
export { type FormatDefectCode, formatDefects } from './format-defect.ts'
export type { OpenReader, PushReader, ReaderContext } from './format-reader.ts'
export { defaultInputLimits, type InputLimits } from './input-limits.ts'
export {
  type FormatName,
  formatNames,
  type ParsedStatement,
  type ParseEvent,
  type ParseNotice,
  type ParseOptions,
  type ParseProgress,
  type ParseResult,
  type ParseWarning,
  type StatementHead,
  type StatementInput,
} from './parse-result.ts'
export { parseStatement, type StatementStream, streamStatement } from './parse-statement.ts'
export { type StatementSummary, summarizeStatements } from './statement-summary.ts'
export {
  type OfflineChange,
  type OfflineConflict,
  type OfflineDecision,
  type OfflineReview,
  offlineDecisions,
  readExceptionWorkbook,
  writeExceptionWorkbook,
} from './xlsx/exception-workbook.ts'
export {
  type BankFileOptions,
  type LedgerFileOptions,
  parseBankFile,
  parseBankXlsx,
  parseLedgerFile,
  parseLedgerXlsx,
  type XlsxOptions,
} from './xlsx/record-xlsx.ts'
