import type { OpenReader } from './format-reader.ts'
import type { FormatName } from './parse-result.ts'

const camt = async () => (await import('./camt/camt-reader.ts')).openCamt
const mt940 = async () => (await import('./mt940/mt940-reader.ts')).openMt940

/**
 * The reader of each format. Loaded when a file of the format is met, so that a bundle which reads one format carries one.
 */
export const formatReaders: Partial<Record<FormatName, () => Promise<OpenReader>>> = {
  csv: async () => (await import('./csv/csv-reader.ts')).openCsv,
  'camt.052': camt,
  'camt.053': camt,
  'camt.054': camt,
  mt940,
  mt942: mt940,
  nacha: async () => (await import('./nacha/nacha-reader.ts')).openNacha,
  bai2: async () => (await import('./bai2/bai2-reader.ts')).openBai2,
  ofx: async () => (await import('./ofx/ofx-reader.ts')).openOfx,
  qif: async () => (await import('./qif/qif-reader.ts')).openQif,
  xlsx: async () => (await import('./xlsx/xlsx-reader.ts')).openXlsx,
}
