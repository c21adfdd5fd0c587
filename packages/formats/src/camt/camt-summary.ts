import { type Money, parseMoney, toMinorUnits } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import { textAt, type XmlNode } from './camt-xml.ts'

/** Entries counted and summed as they come, every status, to compare with what the bank states (`TxsSummry`). */
export interface CamtTally {
  credits: bigint
  debits: bigint
  creditCount: number
  debitCount: number
}

/** Compares the bank's own summary with the entries. Each difference is a defect. */
export function checkSummary(summary: XmlNode, tally: CamtTally, currency: string, context: ReaderContext): void {
  const net = tally.credits - tally.debits
  const count = tally.creditCount + tally.debitCount
  checkCount(textAt(summary, 'TtlNtries/NbOfNtries'), count, 'entries', summary, context)
  checkCount(textAt(summary, 'TtlCdtNtries/NbOfNtries'), tally.creditCount, 'credit entries', summary, context)
  checkCount(textAt(summary, 'TtlDbtNtries/NbOfNtries'), tally.debitCount, 'debit entries', summary, context)
  const sum = (path: string, expected: bigint, what: string) =>
    checkSum(textAt(summary, path), expected, what, currency, summary, context)
  sum('TtlNtries/Sum', tally.credits + tally.debits, 'sum of all entries')
  sum('TtlCdtNtries/Sum', tally.credits, 'sum of credits')
  sum('TtlDbtNtries/Sum', tally.debits, 'sum of debits')
  checkNet(summary, net < 0n ? -net : net, currency, context)
}

/** Banks differ on whether reversals and entries for information count into the net, so it only warns. */
function checkNet(summary: XmlNode, net: bigint, currency: string, context: ReaderContext): void {
  const stated = textAt(summary, 'TtlNtries/TtlNetNtry/Amt') ?? textAt(summary, 'TtlNtries/TtlNetNtryAmt')
  if (stated === undefined) return
  const parsed = parseMoney(stated, { currency, decimalMark: '.' })
  if (parsed.ok && toMinorUnits(parsed.value) === net) return
  context.warn(
    'CONTROL_TOTAL_WRONG',
    `The summary states a net of ${stated.slice(0, 30)}, the entries make ${net} minor units.`,
    summary.line,
  )
}

function checkCount(
  stated: string | undefined,
  counted: number,
  what: string,
  node: XmlNode,
  context: ReaderContext,
): void {
  if (stated === undefined || stated === String(counted) || Number(stated) === counted) return
  context.defect('CONTROL_COUNT_WRONG', {
    line: node.line,
    message: `Line ${node.line}: the summary states ${stated.slice(0, 20)} ${what}, the statement holds ${counted}.`,
    expected: String(counted),
    found: stated.slice(0, 20),
  })
}

function checkSum(
  stated: string | undefined,
  counted: bigint,
  what: string,
  currency: string,
  node: XmlNode,
  context: ReaderContext,
): void {
  if (stated === undefined) return
  const parsed = parseMoney(stated, { currency, decimalMark: '.' })
  const value: Money | undefined = parsed.ok ? parsed.value : undefined
  if (value !== undefined && toMinorUnits(value) === counted) return
  context.defect('CONTROL_TOTAL_WRONG', {
    line: node.line,
    message: `Line ${node.line}: the summary states ${stated.slice(0, 30)} as the ${what}, the entries make ${counted} minor units.`,
    expected: String(counted),
    found: stated.slice(0, 30),
  })
}
