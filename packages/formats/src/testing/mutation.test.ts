import { ReconError, toMinorUnits } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { bai2File, camtFile, mt940File, nachaFile } from './bank-files.ts'
import { mutated, seededRandom } from './mutation.ts'
import { openCorpus } from './open-corpus.ts'

/** `RECON_FUZZ_RUNS=1000000` is the long mode. */
const runs = Number(process.env.RECON_FUZZ_RUNS ?? 50_000)
const refusals = new Set(['FORMAT_INVALID', 'FORMAT_UNKNOWN', 'FORMAT_UNSUPPORTED', 'INPUT_TOO_LARGE'])
const largest = 8_000
const encoder = new TextEncoder()

const own = [bai2File, camtFile, mt940File, nachaFile].map((text) => encoder.encode(text))
const formats = ['bai2', 'camt', 'mt940', 'nacha', 'ofx', 'qif', 'csv', 'xlsx']
const seeds = [...own, ...formats.flatMap((format) => (openCorpus(format) ?? []).map((file) => file.bytes))].filter(
  (bytes) => bytes.length <= largest,
)

describe('mutated files', () => {
  it(`end in lines or in a ReconError, ${runs} times`, { timeout: 3_600_000 }, async () => {
    const random = seededRandom(20261121)
    const broken: string[] = []
    let slowest = 0
    for (let run = 0; run < runs; run++) {
      const input = mutated(seeds[random(seeds.length)] ?? new Uint8Array(0), random)
      const tolerate = random(2) === 0 ? [] : ['*']
      const started = performance.now()
      try {
        const { lines, statements } = await parseStatement(input, { tolerate })
        for (const line of lines) toMinorUnits(line.amount)
        if (new Set(lines.map((line) => line.id)).size !== lines.length) broken.push(`run ${run}: an id twice`)
        // Interim reports of one file may repeat a line; it has one id.
        const told = new Set(statements.flatMap((statement) => statement.lines.map((line) => line.id)))
        if (told.size !== lines.length) broken.push(`run ${run}: lines lost`)
      } catch (error) {
        if (!ReconError.is(error) || !refusals.has(error.code))
          broken.push(`run ${run}: ${error instanceof Error ? error.stack : String(error)}`)
      }
      slowest = Math.max(slowest, performance.now() - started)
      if (broken.length >= 5) break
    }
    expect(broken).toEqual([])
    expect(slowest).toBeLessThan(20_000)
  })
})
