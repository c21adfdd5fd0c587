import { ReconError } from '@recon/core'
import { type CharsetFinding, decodeCharset } from '../charset-decoder.ts'
import { inputBytes } from '../input-bytes.ts'
import { type InputLimits, inputLimits, withinLimit } from '../input-limits.ts'
import type { ParseProgress, StatementInput } from '../parse-result.ts'
import { detectCsvDialect } from './csv-dialect.ts'
import { type CsvDialect, type CsvRecord, CsvRecordReader, csvLimits } from './csv-records.ts'

export interface CsvReadOptions {
  /** A label of the Encoding Standard; found by the content when absent. */
  readonly charset?: string
  /** Found from the head of the file when absent. */
  readonly delimiter?: string
  readonly limits?: Partial<InputLimits>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ParseProgress) => void
  /** A clock in milliseconds for the time limit; `performance.now` by default. */
  readonly now?: () => number
}

/** Text the delimiter is found from. */
const dialectCharacters = 64 * 1024
/** Bytes decoded at a time: large enough for speed, small enough to stay flat. */
const pieceBytes = 64 * 1024

/** Records of a CSV file that arrives in byte pieces; what a push reader and the streaming functions share. */
export class CsvTextReader {
  readonly #decoding
  readonly #delimiter: string | undefined
  readonly #onRecord: (record: CsvRecord) => void
  /** Records read so far. */
  records = 0
  readonly #limits
  #head = ''
  #cutting: CsvRecordReader | undefined
  #dialect: CsvDialect | undefined

  constructor(options: CsvReadOptions, onRecord: (record: CsvRecord) => void) {
    const limits = inputLimits(options.limits)
    this.#decoding = decodeCharset(options.charset)
    this.#delimiter = options.delimiter
    this.#onRecord = (record) => {
      this.records++
      onRecord(record)
    }
    this.#limits = {
      maxColumns: Math.min(limits.maxColumns, options.limits?.maxColumns ?? csvLimits.maxColumns),
      maxRecordCharacters: limits.maxLineLength,
    }
  }

  write(bytes: Uint8Array): void {
    this.#text(this.#decoding.push(bytes), false)
  }

  end(): void {
    this.#text(this.#decoding.finish(), true)
    this.#cutting?.finish()
  }

  charset(): CharsetFinding {
    return this.#decoding.finding()
  }

  dialect(): CsvDialect | undefined {
    return this.#dialect
  }

  #text(text: string, last: boolean): void {
    if (this.#cutting) {
      if (text !== '') this.#cutting.push(text)
      return
    }
    this.#head += text
    if (this.#head.length < dialectCharacters && !last) return
    const head = this.#head.startsWith('\ufeff') ? this.#head.slice(1) : this.#head
    this.#head = ''
    this.#dialect = detectCsvDialect(head.slice(0, dialectCharacters), this.#delimiter)
    this.#cutting = new CsvRecordReader(this.#dialect, this.#onRecord, this.#limits)
    if (head !== '') this.#cutting.push(head)
  }
}

/** Feeds a whole input to a reader piece by piece under the limits; yields after each piece so that what was read can be taken. */
export async function* feedCsv(
  input: StatementInput,
  reader: CsvTextReader,
  options: CsvReadOptions,
): AsyncGenerator<void> {
  const limits = inputLimits(options.limits)
  const now = options.now ?? (() => performance.now())
  const started = now()
  const source = inputBytes(input)
  let bytesRead = 0
  for await (const piece of source.pieces) {
    for (let start = 0; start < piece.length; start += pieceBytes) {
      const part = piece.subarray(start, start + pieceBytes)
      if (options.signal?.aborted)
        throw new ReconError('CANCELLED', 'Reading was cancelled.', { cause: options.signal.reason })
      bytesRead += part.length
      withinLimit(limits, 'maxBytes', bytesRead)
      if (now() - started > limits.maxMilliseconds) {
        throw new ReconError(
          'INPUT_TIMEOUT',
          `Reading took longer than ${limits.maxMilliseconds} ms. Split the file, or raise limits.maxMilliseconds.`,
          {
            details: { limit: 'maxMilliseconds', bound: limits.maxMilliseconds },
          },
        )
      }
      reader.write(part)
      options.onProgress?.({
        bytesRead,
        lines: reader.records,
        ...(source.bytesTotal === undefined ? {} : { bytesTotal: source.bytesTotal }),
      })
      yield
    }
  }
  reader.end()
  yield
}
