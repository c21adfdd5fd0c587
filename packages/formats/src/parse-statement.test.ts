import { ReconError } from '@recon/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ParseEvent, ParseOptions, StatementInput } from './parse-result.ts'
import { parseStatement, streamStatement } from './parse-statement.ts'
import { bai2File, camtFile, mt940File, nachaFile } from './testing/bank-files.ts'

const files = { bai2: bai2File, 'camt.053': camtFile, mt940: mt940File, nacha: nachaFile }
const encoder = new TextEncoder()

async function eventsOf(input: StatementInput, options: ParseOptions = {}): Promise<ParseEvent[]> {
  const events: ParseEvent[] = []
  for await (const event of await streamStatement(input, options)) events.push(event)
  return events
}

async function errorOf(input: StatementInput, options: ParseOptions = {}): Promise<ReconError> {
  const reason: unknown = await parseStatement(input, options).then(
    () => undefined,
    (error) => error,
  )
  if (!ReconError.is(reason)) throw new Error(`expected a ReconError, got ${String(reason)}`)
  return reason
}

/** Pieces of a stream that counts how much of it was taken. */
function endless(piece: string): { source: AsyncIterable<Uint8Array>; taken: () => number } {
  const bytes = encoder.encode(piece)
  let taken = 0
  return {
    taken: () => taken,
    source: (async function* () {
      for (;;) {
        taken += bytes.length
        yield bytes
      }
    })(),
  }
}

describe.each(Object.entries(files))('%s', (format, text) => {
  const bytes = encoder.encode(text)

  it('is detected and read the same from every kind of input', async () => {
    const expected = await parseStatement(bytes)
    expect(expected.format).toBe(format)
    expect(expected.lines.length).toBeGreaterThan(1)
    const inputs: StatementInput[] = [
      text,
      bytes.buffer.slice(0),
      new Blob([bytes]),
      new Blob([bytes]).stream(),
      (async function* () {
        yield bytes
      })(),
    ]
    for (const input of inputs) expect(await parseStatement(input)).toEqual(expected)
  })

  it('announces the same events wherever the bytes are cut', async () => {
    const expected = await eventsOf(bytes)
    const cuts = fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const ends = [...at].sort((a, b) => a - b)
        const pieces = [0, ...ends].map((start, index) => bytes.slice(start, ends[index] ?? bytes.length))
        const source = (async function* () {
          yield* pieces
        })()
        expect(await eventsOf(source)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('announces the same events byte by byte', async () => {
    const single = (async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte)
    })()
    expect(await eventsOf(single)).toEqual(await eventsOf(bytes))
  })

  it('adds nothing when it comes again, and keeps the raw text of every line', async () => {
    const first = await parseStatement(bytes)
    const ids = first.lines.map((line) => line.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect((await parseStatement(bytes)).lines.map((line) => line.id)).toEqual(ids)
    for (const line of first.lines) expect(line.raw?.length).toBeGreaterThan(10)
  })

  it('refuses or warns when it is cut off anywhere before its last record', async () => {
    const last = Math.max(text.trimEnd().lastIndexOf('\n'), text.trimEnd().lastIndexOf('-}'))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 120, max: last - 40 }), async (length) => {
        const result = await parseStatement(text.slice(0, length)).catch((error) => error)
        if (!ReconError.is(result)) expect(result.warnings).not.toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('bounds', () => {
  it('refuses an empty file, an unknown one and formats it knows by name', async () => {
    expect((await errorOf('')).details?.reason).toBe('EMPTY_FILE')
    expect((await errorOf('   \r\n')).details?.reason).toBe('EMPTY_FILE')
    expect((await errorOf(Uint8Array.from([0, 1, 2, 3, 4]))).code).toBe('FORMAT_UNKNOWN')
    expect((await errorOf('%PDF-1.7 ...')).code).toBe('FORMAT_UNSUPPORTED')
    expect((await errorOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).message).toContain('XLS')
    expect((await errorOf('<html><body>login</body></html>')).message).toContain('web page')
  })

  it('stops at the size limit', async () => {
    const error = await errorOf(bai2File, { limits: { maxBytes: 100 } })
    expect(error).toMatchObject({ code: 'INPUT_TOO_LARGE', details: { limit: 'maxBytes', bound: 100 } })
  })

  it('stops at the time limit', async () => {
    let time = 0
    const error = await errorOf(bai2File, { now: () => (time += 1000), limits: { maxMilliseconds: 500 } })
    expect(error.code).toBe('INPUT_TIMEOUT')
  })

  it('stops when it is cancelled, and reports progress before', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const error = await errorOf(new Blob([bai2File.padEnd(200_000)]), {
      signal: controller.signal,
      onProgress: ({ bytesRead, bytesTotal }) => {
        seen.push(bytesRead)
        expect(bytesTotal).toBeGreaterThan(100_000)
        controller.abort()
      },
    })
    expect(error).toMatchObject({ code: 'CANCELLED', retryable: true })
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['a BAI2 line without end', '01,BANK,US,261121,0800,1,,,2/\n02,US,BANK,1,261120,,USD,2/\n03,', 'x'],
    ['a BAI2 record without end', '01,BANK,US,261121,0800,1,,,2/\n16,195,100,,,,text\n', '88,more text\n'],
    ['XML text without end', camtFile.slice(0, camtFile.indexOf('<Amt')), 'x'],
    ['an XML comment without end', `${camtFile.slice(0, camtFile.indexOf('<Stmt>'))}<!--`, 'x'],
    ['XML nesting without end', camtFile.slice(0, camtFile.indexOf('<Acct>')), '<a>'],
    ['XML siblings without end', camtFile.slice(0, camtFile.indexOf('<Btch>')), '<a/>'],
    ['XML payments without end', camtFile.slice(0, camtFile.indexOf('<TxDtls>')), '<TxDtls></TxDtls>'],
    ['MT940 balances without end', mt940File.slice(0, mt940File.indexOf(':62F')), ':65:C261120EUR1,\n'],
    ['an MT940 field without end', mt940File.slice(0, mt940File.indexOf(':62F')), 'more text\r\n'],
    ['NACHA junk without end', nachaFile.slice(0, 400), 'x'],
  ])('takes little of %s', async (_, head, filler) => {
    const stream = endless(filler.repeat(Math.ceil(65536 / filler.length)))
    const source = (async function* () {
      yield encoder.encode(head)
      yield* stream.source
    })()
    const error = await errorOf(source)
    expect(['INPUT_TOO_LARGE', 'FORMAT_INVALID']).toContain(error.code)
    expect(stream.taken()).toBeLessThan(8 * 1024 * 1024)
  })

  it.each([
    ['line ends', '\n'.repeat(2_000_000)],
    ['slashes in BAI2 text', bai2File.replace('NORTHWIND/SOUTH', '/ '.repeat(30_000))],
    ['slashes in a Dutch field', mt940File.replace('/REMI/', `/REMI/${`${'/'.repeat(60_000)}x`}`)],
    ['blanks', `${' '.repeat(1_000_000)}${mt940File}`],
    ['marks in a German field', mt940File.replace('?20EREF', `${'?'.repeat(60_000)}20EREF`)],
    ['open angles', `<${'<'.repeat(200_000)}`],
  ])('takes no long time over %s', async (_, text) => {
    const started = performance.now()
    await parseStatement(text).catch(() => undefined)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('refuses a file with too much to warn of', async () => {
    const records = Array.from({ length: 200 }, () => '17,what').join('\n')
    const error = await errorOf(`01,B,U,261121,0800,1,,,2/\n${records}\n`, {
      tolerate: ['*'],
      limits: { maxWarnings: 50 },
    })
    expect(error).toMatchObject({ code: 'INPUT_TOO_LARGE', details: { limit: 'maxWarnings' } })
  })

  it('closes the source when the reader stops early', async () => {
    let closed = false
    const source = (async function* () {
      try {
        for (;;) yield encoder.encode(bai2File)
      } finally {
        closed = true
      }
    })()
    for await (const event of await streamStatement(source)) if (event.type === 'line') break
    expect(closed).toBe(true)
  })
})
