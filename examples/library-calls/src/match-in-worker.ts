import { type MatchInput, type MatchingProgress, type MatchPolicy, type MatchRun, ReconError } from '@recon/core'
import type { WorkerAnswer, WorkerRequest } from './matching-worker.ts'

/** What a page and a worker thread have in common. */
export interface WorkerPort {
  post(request: WorkerRequest): void
  /** Calls the listener for every answer until the returned function is called. */
  listen(listener: (answer: WorkerAnswer) => void): () => void
}

const slice = 2000

/**
 * Matches in a worker. Records are posted 2,000 at a time with a turn of the event loop between, so that a page keeps its
 * frames while it sends 100,000. Evidence stays in the worker: ask it to explain.
 */
export async function matchInWorker(
  port: WorkerPort,
  input: MatchInput,
  policy: MatchPolicy,
  onProgress: (progress: MatchingProgress) => void = () => {},
): Promise<MatchRun> {
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
  for (let at = 0; at < Math.max(input.bankLines.length, input.bookEntries.length); at += slice) {
    port.post({
      kind: 'rows',
      bankLines: input.bankLines.slice(at, at + slice),
      bookEntries: input.bookEntries.slice(at, at + slice),
    })
    await turn()
  }
  return new Promise((resolve, reject) => {
    const silence = port.listen((answer) => {
      if (answer.kind === 'progress') return onProgress(answer.progress)
      if (answer.kind === 'explanation') return
      silence()
      if (answer.kind === 'run') resolve(answer.run)
      else reject(new ReconError(answer.code === 'CANCELLED' ? 'CANCELLED' : 'RECORD_INVALID', answer.message))
    })
    port.post({ kind: 'match', policy })
  })
}
