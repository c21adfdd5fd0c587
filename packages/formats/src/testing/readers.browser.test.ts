import { describe, expect, it } from 'vitest'
import { formatNames } from '../parse-result.ts'
import { type ReaderSample, readerSamples, streamOf } from './reader-samples.ts'
import { type ReadingAnswer, type ReadingRequest, readStream } from './reading-worker.ts'

function inWorker(request: ReadingRequest): Promise<ReadingAnswer> {
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<ReadingAnswer>((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<ReadingAnswer>) => resolve(event.data))
    worker.addEventListener('error', (event) => reject(new Error(`worker: ${event.message}`)))
    worker.addEventListener('messageerror', () => reject(new Error('worker: the answer cannot be read')))
    worker.postMessage(request, [request.stream])
  }).finally(() => worker.terminate())
}

const places: readonly (readonly [string, (request: ReadingRequest) => Promise<ReadingAnswer>])[] = [
  ['the page', readStream],
  ['a web worker', inWorker],
]

it('there is a sample of every format', () => {
  expect(readerSamples.map((sample) => sample.format)).toEqual([...formatNames])
})

describe.each(places)('in %s of a browser', (_, read) => {
  it.each(readerSamples.map((sample): [string, ReaderSample] => [sample.format, sample]))(
    'reads %s from a stream',
    async (format, { bytes, options = {}, amounts }) => {
      const whole = await bytes()
      const answer = await read({ stream: streamOf(whole), options })
      expect(answer).toMatchObject({ format, amounts })
      expect(answer.statements).toBeGreaterThan(0)
    },
  )

  it('refuses by name what is cut off', async () => {
    const sample = readerSamples.find(({ format }) => format === 'camt.053')
    const whole = (await sample?.bytes()) ?? new Uint8Array(0)
    expect(await read({ stream: streamOf(whole.slice(0, 1500)), options: {} })).toMatchObject({ refused: 'TRUNCATED' })
  })
})
