import {
  type Match,
  type MatchInput,
  type MatchingProgress,
  type MatchPolicy,
  type MatchRun,
  ReconError,
  type ReviewItem,
} from '@recon/core'
import type { WorkerAnswer, WorkerRequest } from './matching-worker.ts'

/** What a page and a worker thread have in common. */
export interface WorkerPort {
  post(request: WorkerRequest): void
  /** Calls the listener for every answer until the returned function is called. */
  listen(listener: (answer: WorkerAnswer) => void): () => void
}

const slice = 400

/**
 * Matches in a worker. Records are posted 400 at a time with a turn of the event loop between, so that a page keeps its
 * frames while it sends 100,000; the run comes back the same way. Evidence stays in the worker: ask it to explain.
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
    const matches: Match[] = []
    const items: ReviewItem[] = []
    const byId = new Map<string, Match>()
    const silence = port.listen((answer) => {
      switch (answer.kind) {
        case 'progress':
          return onProgress(answer.progress)
        case 'matches':
          for (const match of answer.matches) {
            matches.push(match)
            byId.set(match.id, match)
          }
          return
        case 'items':
          for (const { matchIds, ...item } of answer.items) {
            items.push({ ...item, matches: matchIds.flatMap((id) => byId.get(id) ?? []) })
          }
          return
        case 'run':
          silence()
          return resolve({ ...answer.run, items, matches })
        case 'error':
          silence()
          return reject(new ReconError(answer.code === 'CANCELLED' ? 'CANCELLED' : 'RECORD_INVALID', answer.message))
      }
    })
    port.post({ kind: 'match', policy })
  })
}
