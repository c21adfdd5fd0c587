import { describe, expect, it } from 'vitest'
import { streamStatement } from '../parse-statement.ts'

const megabyte = 1024 * 1024
const header = 'id,account,amount,currency,bookingDate,remittanceText\n'
const filler = 'x'.repeat(140)

/** A canonical CSV of at least that many bytes, made while it is read: nothing of it is kept. */
async function* csvOf(bytes: number, made: { rows: number }): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(header)
  for (let written = 0; written < bytes; ) {
    let piece = ''
    while (piece.length < 256 * 1024) {
      made.rows += 1
      piece += `${made.rows},4471,12.50,USD,2026-11-20,${filler}\n`
    }
    written += piece.length
    yield encoder.encode(piece)
  }
}

/** QIF sorted by date, so that its order is proven only by the thirteenth day. */
async function* qifOf(bytes: number, made: { rows: number }): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode('!Type:Bank\n')
  for (let written = 0; written < bytes; ) {
    let piece = ''
    while (piece.length < 256 * 1024) {
      made.rows += 1
      const day = Math.min(28, 1 + Math.floor(made.rows / 1000))
      piece += `D11/${String(day).padStart(2, '0')}/2026\nT-12.50\nPPayee ${made.rows}\nM${filler}\n^\n`
    }
    written += piece.length
    yield encoder.encode(piece)
  }
}

describe('a QIF file of 60 MB', () => {
  it('is read to its end without being held, once its dates are proven', async () => {
    const made = { rows: 0 }
    let lines = 0
    let highest = 0
    for await (const event of await streamStatement(qifOf(60 * megabyte, made), { currency: 'USD' })) {
      if (event.type !== 'line') continue
      lines += 1
      // Nothing could be announced before the thirteenth day; nothing waits after it.
      if (lines === 1) expect(made.rows).toBeLessThan(16_000)
      if (lines % 50_000 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed)
    }
    expect(lines).toBe(made.rows)
    expect(lines).toBeGreaterThan(300_000)
    expect(highest).toBeLessThan(300 * megabyte)
  }, 120_000)
})

describe('a file of 200 MB', () => {
  it('is read to its end without being held', async () => {
    const made = { rows: 0 }
    let lines = 0
    let highest = 0
    for await (const event of await streamStatement(csvOf(200 * megabyte, made))) {
      if (event.type !== 'line') continue
      lines += 1
      if (lines % 100_000 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed)
    }
    expect(lines).toBe(made.rows)
    expect(lines).toBeGreaterThan(1_000_000)
    // Its 1.2 million lines as objects would take more than a gigabyte.
    expect(highest).toBeLessThan(500 * megabyte)
  }, 180_000)

  it('and one beyond the limit is refused by name, and not read on', async () => {
    const made = { rows: 0 }
    const read = async () => {
      for await (const _event of await streamStatement(csvOf(200 * megabyte, made), {
        limits: { maxBytes: 5 * megabyte },
      })) {
        // Only the end matters.
      }
    }
    await expect(read()).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE', details: { limit: 'maxBytes' } })
    expect(made.rows).toBeLessThan(60_000)
  }, 60_000)
})
