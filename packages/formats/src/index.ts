export type { BankProfile, TagMeaning } from './bank-profile.ts'
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
export type { RejectedRow } from './column-mapping/table-reader.ts'
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
