import { type MatchInput, matchLines, money, presets } from '@recon/core'
import { matchInWorker } from './match-in-worker.ts'
import type { WorkerAnswer } from './matching-worker.ts'

/** What a page saw while a worker matched: how long each frame took, and what came back. */
export interface FrameFigures {
  readonly frames: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly longestMs: number
  readonly matchMs: number
  readonly progress: number
  readonly items: number
  readonly automatic: number
}

/** A day of `count` lines: nine in ten carry their entry's reference, the others only its amount and name. */
function dayOf(count: number): MatchInput {
  const rows = Array.from({ length: count }, (_, index) => index)
  const amountOf = (index: number) => money(`${(index * 7919) % 90_000}.${String(index % 100).padStart(2, '0')}`, 'USD')
  const named = (index: number) => ({ name: `Payee ${(index * 31) % 5000} Ltd` })
  return {
    bankLines: rows.map((index) => ({
      id: `b${index}`,
      bookingDate: '2026-11-20',
      amount: amountOf(index),
      status: 'POSTED',
      counterparty: named(index),
      references: index % 10 === 0 ? {} : { endToEndId: `PAY-${index}` },
    })),
    bookEntries: rows.map((index) => ({
      id: `e${index}`,
      date: '2026-11-19',
      amount: amountOf(index),
      kind: 'PAYMENT',
      counterparty: named(index),
      references: index % 10 === 0 ? {} : { paymentReference: `PAY-${index}` },
    })),
  }
}

function watchFrames(): () => number[] {
  const lengths: number[] = []
  let last = performance.now()
  let watching = true
  const next = (now: number) => {
    lengths.push(now - last)
    last = now
    if (watching) requestAnimationFrame(next)
  }
  requestAnimationFrame((now) => {
    last = now
    requestAnimationFrame(next)
  })
  return () => {
    watching = false
    return lengths.sort((left, right) => left - right)
  }
}

async function measureFrames(count: number): Promise<FrameFigures> {
  const worker = new Worker(new URL('./matching-web-worker.ts', import.meta.url), { type: 'module' })
  const input = dayOf(count)
  const stop = watchFrames()
  const start = performance.now()
  let progress = 0
  const run = await matchInWorker(
    {
      post: (request) => worker.postMessage(request),
      listen(listener) {
        const hear = (event: MessageEvent<WorkerAnswer>) => listener(event.data)
        worker.addEventListener('message', hear)
        return () => worker.removeEventListener('message', hear)
      },
    },
    input,
    presets.cashManagement.policy,
    () => progress++,
  )
  const matchMs = performance.now() - start
  const lengths = stop()
  worker.terminate()
  const at = (share: number) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))] ?? 0
  return {
    frames: lengths.length,
    medianMs: at(0.5),
    p95Ms: at(0.95),
    longestMs: at(1),
    matchMs,
    progress,
    items: run.items.length,
    automatic: run.stats.automatic,
  }
}

declare global {
  interface Window {
    measureFrames?: typeof measureFrames
    automaticOnThePage?: (count: number) => number
  }
}
window.measureFrames = measureFrames
window.automaticOnThePage = (count) => matchLines(dayOf(count), presets.cashManagement).stats.automatic
