import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { type CorpusFile, openCorpus, outcomeOf } from './open-corpus.ts'

interface CamtFacts {
  readonly tx_details: number
  readonly statement_list: readonly {
    readonly entries: number
    readonly tx_details: number
    readonly end_to_end_ids: number
  }[]
}
interface NachaFacts {
  readonly addenda: number
}
interface OfxFacts {
  readonly currencies: readonly string[]
  readonly fitids_unique: boolean
}
interface QifFacts {
  readonly split_lines: number
}

/** What loads, whatever the manifest expects; the defects of the flagged ones are tolerated. */
async function loaded<Facts>(files: readonly CorpusFile<Facts>[] | undefined) {
  const found = []
  for (const file of files ?? []) {
    const read = await outcomeOf(file.bytes, { tolerate: ['*'], batches: 'payments' })
    if (read.outcome === 'loaded' && file.expect !== 'refuse') found.push({ ...file, result: read.result })
  }
  return found
}
const here = (files: unknown) => files === undefined

describe('further facts of the manifests (skipped where there is no corpus)', () => {
  const camt = openCorpus<CamtFacts>('camt')
  it.skipIf(here(camt))('camt: payments and end-to-end ids', async () => {
    const wrong: string[] = []
    let statements = 0
    for (const { file, bytes, facts, result } of await loaded(camt)) {
      const bookings = await parseStatement(bytes, { tolerate: ['*'], batches: 'bookings' })
      facts.statement_list.forEach((expected, index) => {
        statements++
        const lines = result.statements[index]?.lines ?? []
        const ids = lines.flatMap((line) => line.references.endToEndId ?? [])
        // The manifest counts the ids, or the different ones.
        if (ids.length !== expected.end_to_end_ids && new Set(ids).size !== expected.end_to_end_ids)
          wrong.push(`${file}: ${ids.length} end-to-end ids, not ${expected.end_to_end_ids}`)
        const booked = bookings.statements[index]?.lines ?? []
        if (booked.length !== expected.entries) wrong.push(`${file}: ${booked.length} bookings`)
        const split = lines.length > booked.length
        if (split && lines.length > expected.entries + expected.tx_details) wrong.push(`${file}: too many payments`)
        // One booking of many payments becomes as many lines.
        if (split && expected.entries === 1 && lines.length !== expected.tx_details)
          wrong.push(`${file}: ${lines.length} payments, not ${expected.tx_details}`)
      })
    }
    expect(statements).toBeGreaterThan(50)
    // Three samples of one document type whose payments (9.50 CHF) cannot be those of their booking (200,000 SEK).
    expect(wrong.map((text) => text.replace(/^.*camt054\.(v\d)\.xml/, '$1'))).toEqual([
      'v2: 0 end-to-end ids, not 3',
      'v4: 0 end-to-end ids, not 3',
      'v8: 0 end-to-end ids, not 3',
    ])
  })

  const nacha = openCorpus<NachaFacts>('nacha')
  it.skipIf(here(nacha))('NACHA: addenda', async () => {
    const wrong: string[] = []
    for (const { file, facts, result } of await loaded(nacha)) {
      const records = [...result.lines.map((line) => line.raw ?? ''), ...result.notices.map((notice) => notice.text)]
      const kept = result.lines.reduce(
        (sum, line) => sum + (line.raw ?? '').split('\n').filter((r) => r.startsWith('7')).length,
        0,
      )
      if (records.length > 0 && kept > facts.addenda) wrong.push(`${file}: ${kept} addenda, not ${facts.addenda}`)
      const movesNoMoney = result.notices.length > 0
      if (!movesNoMoney && kept !== facts.addenda) wrong.push(`${file}: ${kept} addenda, not ${facts.addenda}`)
    }
    expect(wrong).toEqual([])
  })

  const ofx = openCorpus<OfxFacts>('ofx')
  it.skipIf(here(ofx))('OFX: currencies, and transaction ids that repeat', async () => {
    const wrong: string[] = []
    for (const { file, facts, result } of await loaded(ofx)) {
      const own = [...new Set(result.statements.map((statement) => statement.currency))]
      const missing = facts.currencies.filter((currency) => !own.includes(currency))
      if (missing.length > 0) wrong.push(`${file}: no statement in ${missing.join(', ')}`)
      const repeated = result.warnings.some((warning) => warning.code === 'FITID_REPEATED')
      if (repeated === facts.fitids_unique) wrong.push(file)
    }
    // Ids masked by asterisks are none; the other two repeat the ids of securities, which are not read.
    expect(wrong).toEqual([
      'bradenmacdonald-ofx-js__data_example2.ofx',
      'csingley-ofxtools__data_invstmtrs.ofx',
      'libofx-libofx__ofx_sample_files_ofx-2.1.1-sect-13.12.ofx',
    ])
  })

  const qif = openCorpus<QifFacts>('qif')
  it.skipIf(here(qif))('QIF: split lines', async () => {
    const wrong: string[] = []
    for (const { file, facts, result } of await loaded(qif)) {
      // Movements of securities are notices; what they call S is no split.
      const splits = result.lines.flatMap(({ raw = '' }) =>
        raw.split('\n').filter((field) => field.startsWith('S')),
      ).length
      if (splits !== facts.split_lines) wrong.push(`${file}: ${splits} split lines, not ${facts.split_lines}`)
    }
    // The manifest counts nothing below a header with a blank at its end.
    expect(wrong).toEqual(['debian-gnucash__abc-all.qif: 3 split lines, not 0'])
  })
})
