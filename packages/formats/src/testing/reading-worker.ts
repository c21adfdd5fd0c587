import { ReconError } from '@recon/core'
import type { ParseOptions } from '../parse-result.ts'
import { streamStatement } from '../parse-statement.ts'

export interface ReadingRequest {
  readonly stream: ReadableStream<Uint8Array>
  readonly options: ParseOptions
}

export interface ReadingAnswer {
  readonly format?: string
  readonly amounts: readonly string[]
  readonly statements: number
  /** The reason of a refusal. */
  readonly refused?: unknown
}

/** What a stream holds, event by event. */
export async function readStream({ stream, options }: ReadingRequest): Promise<ReadingAnswer> {
  const amounts: string[] = []
  let statements = 0
  try {
    const events = await streamStatement(stream, options)
    for await (const event of events) {
      if (event.type === 'line') amounts.push(event.line.amount.amount)
      if (event.type === 'statement') statements += 1
    }
    return { format: events.format, amounts, statements }
  } catch (error) {
    if (!ReconError.is(error)) throw error
    return { amounts, statements, refused: error.details?.reason }
  }
}

/** In a worker: takes a stream, answers with what was in it. */
const inWorker = typeof window === 'undefined' && typeof self !== 'undefined' && 'importScripts' in self
if (inWorker) {
  self.addEventListener('message', (event: MessageEvent<ReadingRequest>) => {
    readStream(event.data).then((answer) => self.postMessage(answer))
  })
}
