import type { OpenReader } from './format-reader.ts'
import type { FormatName } from './parse-result.ts'

/**
 * The reader of each format. Loaded when a file of the format is met, so that a bundle which reads one format carries one.
 */
export const formatReaders: Partial<Record<FormatName, () => Promise<OpenReader>>> = {
  csv: async () => (await import('./csv/csv-reader.ts')).openCsv,
  bai2: async () => (await import('./bai2/bai2-reader.ts')).openBai2,
}
