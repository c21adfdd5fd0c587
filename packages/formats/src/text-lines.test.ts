import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QueueingContext } from './format-reader.ts'
import { lineReader } from './text-lines.ts'

function linesOf(pieces: readonly string[]): [string, number][] {
  const lines: [string, number][] = []
  const reader = lineReader(new QueueingContext('bai2', {}), {
    line: (text, number) => lines.push([text, number]),
    end() {},
  })
  for (const piece of pieces) reader.write(new TextEncoder().encode(piece))
  reader.end()
  return lines
}

describe('lineReader', () => {
  it('ends lines at LF, CRLF and CR, and counts an unended last one', () => {
    expect(linesOf(['a\nb\r\nc\rd\n\ne'])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
      ['', 5],
      ['e', 6],
    ])
    expect(linesOf(['a\r'])).toEqual([['a', 1]])
    expect(linesOf([''])).toEqual([])
  })

  it('reads the same lines wherever the text is cut', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n'), { maxLength: 30 })
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join('')
        expect(linesOf([...whole])).toEqual(linesOf([whole]))
      }),
    )
  })

  it('takes time in proportion to the text, whatever ends its lines', () => {
    const started = performance.now()
    expect(linesOf(['a\n'.repeat(300_000)])).toHaveLength(300_000)
    expect(linesOf(['a\r'.repeat(300_000)])).toHaveLength(300_000)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
