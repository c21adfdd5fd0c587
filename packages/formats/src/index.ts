export type { BankProfile, TagMeaning } from './bank-profile.ts'
export { detectFormat, type FormatDetection, inspectFormat } from './detect-format.ts'
export { type FormatDefectCode, formatDefects } from './format-defect.ts'
export type { OpenReader, PushReader, ReaderContext } from './format-reader.ts'
export { defaultInputLimits, type InputLimits } from './input-limits.ts'
export {
  type FormatName,
  formatNames,
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
