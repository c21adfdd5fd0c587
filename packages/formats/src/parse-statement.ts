import { type BankLine, ReconError } from '@recon/core'
import { detectionBytes, inspectFormat } from './detect-format.ts'
import { QueueingContext, refusedFile } from './format-reader.ts'
import { formatReaders } from './format-readers.ts'
import { inputBytes } from './input-bytes.ts'
import { inputLimits, withinLimit } from './input-limits.ts'
import type {
  FormatName,
  ParsedStatement,
  ParseEvent,
  ParseNotice,
  ParseOptions,
  ParseResult,
  ParseWarning,
  StatementInput,
} from './parse-result.ts'

const pieceBytes = 64 * 1024

/** An open file: its format, known before the first event, and its events as they are read. */
export interface StatementStream extends AsyncIterable<ParseEvent> {
  readonly format: FormatName
}

interface OpenFile {
  readonly format: FormatName
  /** The events of one piece of the file at a time: a promise per piece costs little, one per line a lot. */
  batches(): AsyncGenerator<readonly ParseEvent[]>
}

async function openFile(input: StatementInput, options: ParseOptions): Promise<OpenFile> {
  const source = inputBytes(input)
  const pieces = source.pieces[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let headLength = 0
  while (headLength < detectionBytes) {
    const next = await pieces.next()
    if (next.done) break
    head.push(next.value)
    headLength += next.value.length
  }
  const format = options.format ?? recognise(joined(head, headLength))
  const open = await formatReaders[format]?.()
  if (open === undefined)
    throw new ReconError('FORMAT_UNSUPPORTED', `No reader for ${format} is installed.`, { details: { format } })
  const context = new QueueingContext(format, typeof input === 'string' ? { ...options, charset: 'utf-8' } : options)
  const reader = open(context)
  const watch = watchOf(context, source.bytesTotal)
  return {
    format,
    async *batches() {
      const read = async function* (piece: Uint8Array) {
        for (let start = 0; start < piece.length; start += pieceBytes) {
          const part = piece.subarray(start, start + pieceBytes)
          watch(part.length)
          await reader.write(part)
          if (context.queue.length > 0) yield context.takeQueue()
        }
      }
      try {
        for (const piece of head.splice(0)) yield* read(piece)
        for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield* read(next.value)
        const steps = await reader.end()
        if (steps !== undefined)
          for await (const _ of steps) {
            watch(0)
            yield context.takeQueue()
          }
        yield context.takeQueue()
      } finally {
        await pieces.return?.()
      }
    },
  }
}

/**
 * Reads a bank file as a stream. Memory stays flat whatever the file's size; events are final once the iteration ends.
 * @throws ReconError FORMAT_UNKNOWN, FORMAT_UNSUPPORTED, FORMAT_INVALID, INPUT_TOO_LARGE, INPUT_TIMEOUT, CANCELLED
 */
export async function streamStatement(input: StatementInput, options: ParseOptions = {}): Promise<StatementStream> {
  const file = await openFile(input, options)
  return {
    format: file.format,
    async *[Symbol.asyncIterator]() {
      for await (const batch of file.batches()) for (const event of batch) yield event
    },
  }
}

function recognise(head: Uint8Array): FormatName {
  const detection = inspectFormat(head)
  if (detection.kind === 'supported') return detection.format
  if (detection.kind === 'empty')
    throw refusedFile(undefined, 'EMPTY_FILE', { message: 'The file is empty. Ask the sender to send it again.' })
  if (detection.kind === 'unsupported')
    throw new ReconError('FORMAT_UNSUPPORTED', `This is ${detection.name}, which is not read. ${detection.advice}`, {
      details: { reason: 'FORMAT_UNSUPPORTED', name: detection.name },
    })
  throw new ReconError(
    'FORMAT_UNKNOWN',
    'The content is no bank file this library knows. Name the format if you know it, or export BAI2, camt.053, MT940, OFX, QIF, NACHA, CSV or XLSX.',
    { details: { reason: 'FORMAT_UNKNOWN' } },
  )
}

/** Returns the check to make before each piece: cancellation, size, time, progress. */
function watchOf(context: QueueingContext, bytesTotal: number | undefined): (bytes: number) => void {
  const { options } = context
  const limits = inputLimits(options.limits)
  const now = options.now ?? (() => performance.now())
  const started = now()
  let bytesRead = 0
  return (bytes) => {
    if (options.signal?.aborted)
      throw new ReconError('CANCELLED', 'Reading was cancelled.', { cause: options.signal.reason })
    bytesRead += bytes
    withinLimit(limits, 'maxBytes', bytesRead)
    if (now() - started > limits.maxMilliseconds)
      throw new ReconError(
        'INPUT_TIMEOUT',
        `Reading took longer than ${limits.maxMilliseconds} ms. Split the file, or raise limits.maxMilliseconds.`,
        { details: { limit: 'maxMilliseconds', bound: limits.maxMilliseconds } },
      )
    options.onProgress?.({ bytesRead, lines: context.lines, ...(bytesTotal === undefined ? {} : { bytesTotal }) })
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const first = parts[0]
  if (parts.length === 1 && first !== undefined) return first
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/**
 * Reads a whole bank file. The format is detected from the content; a file that is not sound is refused, never guessed.
 * @throws ReconError as `streamStatement`; `details.reason` holds the defect's code and `place` the line
 */
export async function parseStatement(input: StatementInput, options: ParseOptions = {}): Promise<ParseResult> {
  const file = await openFile(input, options)
  const statements: ParsedStatement[] = []
  const lines: BankLine[] = []
  const warnings: ParseWarning[] = []
  const notices: ParseNotice[] = []
  const provisionalLineIds: string[] = []
  // Lines that wait for their statement, by group; '' where the file keeps its statements apart.
  const open = new Map<string, BankLine[]>()
  for await (const batch of file.batches())
    for (const event of batch) {
      if (event.type === 'line') {
        const waiting = open.get(event.group ?? '')
        if (waiting === undefined) open.set(event.group ?? '', [event.line])
        else waiting.push(event.line)
        if (event.repeated) continue
        lines.push(event.line)
        if (event.provisional) provisionalLineIds.push(event.line.id)
      } else if (event.type === 'statement') {
        const group = event.group ?? ''
        statements.push({ ...event.statement, lines: open.get(group) ?? [] })
        open.delete(group)
      } else if (event.type === 'warning') warnings.push(event.warning)
      else notices.push(event.notice)
    }
  return {
    format: file.format,
    statements,
    lines,
    warnings,
    notices,
    provisional: statements.some((statement) => statement.provisional),
    provisionalLineIds,
  }
}
