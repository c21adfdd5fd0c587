import { decodeCharset, reportCharset } from './charset-decoder.ts'
import type { PushReader, ReaderContext } from './format-reader.ts'
import { withinLimit } from './input-limits.ts'

/** A reader that wants physical lines: without their line end, counted from 1. */
export interface LineConsumer {
  line(text: string, number: number): void
  /** After the last line. */
  end(): void
}

/**
 * Feeds decoded physical lines to a consumer. LF, CRLF and CR all end a line; an unended last line counts as a line.
 * Lines longer than the limit are refused.
 */
export function lineReader(context: ReaderContext, consumer: LineConsumer): PushReader {
  const decoder = decodeCharset(context.options.charset)
  const { limits } = context
  let rest = ''
  let number = 0
  const feed = (text: string, last: boolean) => {
    const all = rest + text
    let start = 0
    const ends = lineEnds(all)
    for (let index = ends.after(0); index >= 0; index = ends.after(start)) {
      const carriageReturn = all.charCodeAt(index) === 13
      if (carriageReturn && index + 1 === all.length && !last) break
      number += 1
      if (index - start > limits.maxLineLength) withinLimit(limits, 'maxLineLength', index - start, `line ${number}`)
      consumer.line(all.slice(start, index), number)
      start = carriageReturn && all.charCodeAt(index + 1) === 10 ? index + 2 : index + 1
    }
    rest = all.slice(start)
    withinLimit(limits, 'maxLineLength', rest.length, `line ${number + 1}`)
  }
  return {
    write: (bytes) => feed(decoder.push(bytes), false),
    end() {
      feed(decoder.finish(), true)
      if (rest !== '') consumer.line(rest, number + 1)
      reportCharset(decoder.finding(), context)
      consumer.end()
    },
  }
}

/** Finds line ends in order; each mark is searched once over the text, not once per line. */
function lineEnds(text: string): { after(from: number): number } {
  let lineFeed = -2
  let carriageReturn = -2
  return {
    after(from) {
      if (lineFeed !== -1 && lineFeed < from) lineFeed = text.indexOf('\n', from)
      if (carriageReturn !== -1 && carriageReturn < from) carriageReturn = text.indexOf('\r', from)
      if (lineFeed === -1) return carriageReturn
      return carriageReturn === -1 || lineFeed < carriageReturn ? lineFeed : carriageReturn
    },
  }
}
