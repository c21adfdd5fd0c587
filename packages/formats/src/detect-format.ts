import type { FormatName } from './parse-result.ts'

/** Bytes of the head of a file that detection looks at; giving more does no harm. */
export const detectionBytes = 64 * 1024

export type FormatDetection =
  | { readonly kind: 'supported'; readonly format: FormatName }
  /** Recognised, and not read: the name of what it is and what to do instead. */
  | { readonly kind: 'unsupported'; readonly name: string; readonly advice: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' }

/** The format of a file by its content, or undefined when it is none that is read. The file's name plays no part. */
export function detectFormat(bytes: Uint8Array | string): FormatName | undefined {
  const detection = inspectFormat(bytes)
  return detection.kind === 'supported' ? detection.format : undefined
}

/** As `detectFormat`, and names formats that are recognised but not read (legacy XLS, PDF, payment orders). */
export function inspectFormat(bytes: Uint8Array | string): FormatDetection {
  const head = typeof bytes === 'string' ? bytes.slice(0, detectionBytes) : headText(bytes)
  if (head.length === 0) return { kind: 'empty' }
  return inspectBinary(head) ?? inspectText(head.replace(/^\uFEFF/, '')) ?? { kind: 'unknown' }
}

function headText(bytes: Uint8Array): string {
  const head = bytes.subarray(0, detectionBytes)
  const wide =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined
  return new TextDecoder(wide ?? 'latin1').decode(head).replace(/^\u00ef\u00bb\u00bf/, '')
}

function inspectBinary(head: string): FormatDetection | undefined {
  if (head.startsWith('PK\u0003\u0004')) {
    if (head.includes('opendocument.spreadsheet'))
      return { kind: 'unsupported', name: 'an OpenDocument spreadsheet', advice: 'Save it as XLSX or CSV.' }
    return { kind: 'supported', format: 'xlsx' }
  }
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    return { kind: 'unsupported', name: 'a legacy Excel file (XLS)', advice: 'Save it as XLSX or CSV.' }
  if (head.startsWith('%PDF'))
    return {
      kind: 'unsupported',
      name: 'a PDF',
      advice: 'Ask the bank for the statement as data: camt.053, MT940, BAI2 or CSV.',
    }
  return undefined
}

function inspectText(head: string): FormatDetection | undefined {
  const text = head.trimStart()
  if (text.length === 0) return { kind: 'empty' }
  return (
    inspectMarkup(text) ??
    inspectTagged(text) ??
    (/\n|,|;|\t|\|/.test(text) && isText(text) ? { kind: 'supported', format: 'csv' } : undefined)
  )
}

/** A stray NUL in a cell is a defect of one row; many make a binary file, unless they are every second byte (UTF-16). */
function isText(text: string): boolean {
  const sample = text.slice(0, 4096)
  const zeros = sample.split('\u0000').length - 1
  const share = zeros / sample.length
  return share < 0.02 || (share > 0.35 && share < 0.55)
}

function inspectMarkup(text: string): FormatDetection | undefined {
  if (/^OFXHEADER[ \t]{0,8}:/i.test(text) || /<OFX[\s>]/i.test(text.slice(0, 4096)))
    return { kind: 'supported', format: 'ofx' }
  if (!text.startsWith('<')) return undefined
  if (/<(?:[\w-]{1,20}:)?BkToCstmrStmt(?:V\d\d)?[\s/>]/.test(text)) return { kind: 'supported', format: 'camt.053' }
  if (/<(?:[\w-]{1,20}:)?BkToCstmrAcctRpt(?:V\d\d)?[\s/>]/.test(text)) return { kind: 'supported', format: 'camt.052' }
  if (/<(?:[\w-]{1,20}:)?BkToCstmrDbtCdtNtfctn(?:V\d\d)?[\s/>]/.test(text))
    return { kind: 'supported', format: 'camt.054' }
  const namespace = /urn:iso:std:iso:20022:tech:xsd:(camt\.05[234])\.001\.\d\d/.exec(text)
  if (namespace?.[1] === 'camt.052' || namespace?.[1] === 'camt.053' || namespace?.[1] === 'camt.054')
    return { kind: 'supported', format: namespace[1] }
  const other = /urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3})/.exec(text)
  if (other)
    return {
      kind: 'unsupported',
      name: `an ISO 20022 ${other[1]} message`,
      advice: 'Give the camt.052, camt.053 or camt.054 file.',
    }
  if (/^<!doctype html|^<html/i.test(text))
    return {
      kind: 'unsupported',
      name: 'a web page',
      advice: 'Export the statement as CSV, XLSX, camt.053, MT940 or BAI2.',
    }
  return {
    kind: 'unsupported',
    name: 'an XML file of another kind',
    advice: 'Give a camt.052, camt.053, camt.054 or OFX file.',
  }
}

function inspectTagged(text: string): FormatDetection | undefined {
  if (/^01,/.test(text) || looksLikeBai2(text)) return { kind: 'supported', format: 'bai2' }
  if (/(?:^|[\r\n])!(?:Type|Account|Option|Clear)\b/i.test(text.slice(0, 4096)))
    return { kind: 'supported', format: 'qif' }
  if (/(?:^|[\r\n@])[ \t]{0,8}:(?:20|25P?|28C?|13D?|34F|6[0-9][FM]?|86):/.test(text) || /^\{1:F01/.test(text)) {
    const intraday = /(?:^|[\r\n@])[ \t]{0,8}:34F:/.test(text) || /\{2:[IO]942/.test(text)
    return { kind: 'supported', format: intraday ? 'mt942' : 'mt940' }
  }
  if (looksLikeNacha(text)) return { kind: 'supported', format: 'nacha' }
  return undefined
}

/** A BAI2 file with its head torn off: most of the first lines are records that end with a slash. */
function looksLikeBai2(text: string): boolean {
  const lines = text
    .slice(0, 4096)
    .split(/\r?\n/, 12)
    .filter((line) => line !== '')
  const records = lines.filter((line) => /^(?:0[0-3]|16|49|88|9[89]),/.test(line))
  const ended = records.filter((line) => line.trimEnd().endsWith('/'))
  return ended.length >= 2 && records.length * 3 >= lines.length * 2
}

/** A NACHA file header, or the bare batches processors send: fixed columns, a known standard entry class in place. */
function looksLikeNacha(text: string): boolean {
  if (/^101.{20}\d{6}.{4}.094/.test(text)) return true
  if (/^5(?:200|220|225|280).{46}[A-Z]{3}/.test(text)) return true
  return /^6[2-58]\d\d{9}.{17}\d{10}/.test(text) && /^.{94}\r?\n?[78]/.test(text)
}
