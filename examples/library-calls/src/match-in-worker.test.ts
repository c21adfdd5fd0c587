import { Worker } from 'node:worker_threads'
import { defaultPolicy, lightRun, matchLines, money } from '@recon/core'
import { afterAll, describe, expect, it } from 'vitest'
import { matchInWorker, type WorkerPort } from './match-in-worker.ts'
import type { WorkerAnswer } from './matching-worker.ts'

const worker = new Worker(new URL('./matching-worker-thread.ts', import.meta.url), {
  execArgv: ['--conditions=recon-source'],
})
afterAll(() => worker.terminate())

const port: WorkerPort = {
  post: (request) => worker.postMessage(request),
  listen(listener) {
    worker.on('message', listener)
    return () => worker.off('message', listener)
  },
}

const input = {
  bankLines: Array.from({ length: 4500 }, (_, index) => ({
    id: `b${index}`,
    bookingDate: '2026-11-20',
    amount: money(`${index + 1}.00`, 'USD'),
    status: 'POSTED' as const,
    references: { endToEndId: `PAY-${index}` },
  })),
  bookEntries: Array.from({ length: 4400 }, (_, index) => ({
    id: `e${index}`,
    date: '2026-11-19',
    amount: money(`${index + 1}.00`, 'USD'),
    kind: 'PAYMENT' as const,
    references: { paymentReference: `PAY-${index}` },
  })),
}

describe('matching in a worker', () => {
  it('gives the run a call on the spot gives, reports on the way, and explains on demand', async () => {
    const steps: string[] = []
    const run = await matchInWorker(port, input, defaultPolicy, ({ step }) => steps.push(step))
    expect(run).toEqual(lightRun(matchLines(input)))
    expect(steps).toContain('identifier')
    const answer = new Promise<WorkerAnswer>((resolve) => {
      worker.once('message', resolve)
    })
    port.post({ kind: 'explain', bankLineId: 'b1', bookEntryId: 'e2' })
    expect(await answer).toMatchObject({ kind: 'explanation', explanation: { verdict: 'EXCLUDED' } })
  })
})
