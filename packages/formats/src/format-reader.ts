import { ReconError } from '@recon/core'
import { type DefectFacts, type FormatDefectCode, formatDefects } from './format-defect.ts'
import { type InputLimits, inputLimits, withinLimit } from './input-limits.ts'
import type { FormatName, ParseEvent, ParseOptions } from './parse-result.ts'

/** Takes a file piece by piece and announces what it finds through its context. Pieces may be cut anywhere. */
export interface PushReader {
  write(bytes: Uint8Array): void | Promise<void>
  /** The file is complete: check what is left to check and announce the rest, in steps where it is much. */
  end(): void | AsyncIterable<void> | Promise<void>
}

/** What a reader works with. `emit`, `warn` and `defect` may be called any number of times during write and end. */
export interface ReaderContext {
  readonly format: FormatName
  readonly options: ParseOptions
  readonly limits: InputLimits
  emit(event: ParseEvent): void
  warn(code: string, message: string, line?: number): void
  /** Refuses the file, or warns and returns when the caller tolerates the defect. */
  defect(code: FormatDefectCode, facts: DefectFacts): void
}

export type OpenReader = (context: ReaderContext) => PushReader

/** The error a refused file ends with: FORMAT_INVALID, `details.reason` the defect's code. */
export function refusedFile(format: FormatName | undefined, code: FormatDefectCode, facts: DefectFacts): ReconError {
  const expectation = facts.expected === undefined ? '' : ` Expected ${facts.expected}.`
  const advice = formatDefects[code].tolerable
    ? ` Ask the sender for a correct file, or load it with tolerate: ['${code}'].`
    : ''
  return new ReconError('FORMAT_INVALID', `${facts.message}${expectation}${advice}`, {
    ...(facts.line === undefined ? {} : { place: `line ${facts.line}` }),
    details: {
      reason: code,
      ...(format === undefined ? {} : { format }),
      ...(facts.line === undefined ? {} : { line: facts.line }),
      ...(facts.expected === undefined ? {} : { expected: facts.expected }),
      ...(facts.found === undefined ? {} : { found: facts.found }),
    },
  })
}

export class QueueingContext implements ReaderContext {
  readonly format: FormatName
  readonly options: ParseOptions
  readonly limits: InputLimits
  /** Announced and not yet handed on. */
  queue: ParseEvent[] = []
  lines = 0
  private events = 0
  private warnings = 0
  private readonly tolerated: ReadonlySet<string>

  constructor(format: FormatName, options: ParseOptions) {
    this.format = format
    this.options = options
    this.limits = inputLimits(options.limits)
    this.tolerated = new Set(options.tolerate ?? [])
  }

  emit(event: ParseEvent): void {
    if (event.type === 'line') this.lines += 1
    this.events += 1
    if (this.events > this.limits.maxRecords) withinLimit(this.limits, 'maxRecords', this.events)
    const pending = event.type === 'line' && event.line.status === 'PENDING'
    this.queue.push(pending ? { ...event, provisional: true } : event)
  }

  warn(code: string, message: string, line?: number): void {
    this.warnings += 1
    withinLimit(this.limits, 'maxWarnings', this.warnings, line === undefined ? undefined : `line ${line}`)
    this.queue.push({ type: 'warning', warning: { code, message, ...(line === undefined ? {} : { line }) } })
  }

  defect(code: FormatDefectCode, facts: DefectFacts): void {
    const tolerated = formatDefects[code].tolerable && (this.tolerated.has(code) || this.tolerated.has('*'))
    if (!tolerated) throw refusedFile(this.format, code, facts)
    const expectation = facts.expected === undefined ? '' : ` Expected ${facts.expected}.`
    this.warn(code, facts.message + expectation, facts.line)
  }

  takeQueue(): ParseEvent[] {
    const taken = this.queue
    this.queue = []
    return taken
  }
}
