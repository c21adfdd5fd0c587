import { decodeCharset, reportCharset } from '../charset-decoder.ts'
import type { OpenReader } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { OfxStatements } from './ofx-statements.ts'
import { OfxTokenizer } from './ofx-tokens.ts'
import { ofxCharset } from './ofx-values.ts'

/** Bytes the charset declaration is looked for in. */
const headBytes = 1024

/** The OFX and QFX reader, versions 1.x and 2.x, behind `parseStatement`. */
export const openOfx: OpenReader = (context) => {
  const { limits } = context
  const statements = new OfxStatements(context)
  const tokens = new OfxTokenizer(statements, {
    maxText: limits.maxLineLength,
    tooLong: (line): never => {
      withinLimit(limits, 'maxLineLength', limits.maxLineLength + 1, `line ${line}`)
      throw new Error('unreachable: the limit above was exceeded')
    },
  })
  let head: Uint8Array = new Uint8Array(0)
  let decoding = context.options.charset === undefined ? undefined : decodeCharset(context.options.charset)
  const start = () => {
    decoding = decodeCharset(ofxCharset(new TextDecoder('latin1').decode(head.subarray(0, headBytes))))
    tokens.push(decoding.push(head))
    head = new Uint8Array(0)
    return decoding
  }
  return {
    write(bytes) {
      if (decoding) {
        tokens.push(decoding.push(bytes))
        return
      }
      const both = new Uint8Array(head.length + bytes.length)
      both.set(head)
      both.set(bytes, head.length)
      head = both
      if (head.length >= headBytes) start()
    },
    end() {
      const open = decoding ?? start()
      tokens.push(open.finish())
      tokens.finish()
      reportCharset(open.finding(), context)
      statements.finish()
    },
  }
}
