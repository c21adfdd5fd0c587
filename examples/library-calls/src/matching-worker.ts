import {
  type BankLine,
  type BookEntry,
  createMatchingEngine,
  lightRun,
  type MatchingProgress,
  type MatchPolicy,
  type MatchRun,
  type PairExplanation,
  ReconError,
} from '@recon/core'

/** What the page asks. Records come in slices, so that posting them never blocks a frame. */
export type WorkerRequest =
  | { readonly kind: 'rows'; readonly bankLines?: readonly BankLine[]; readonly bookEntries?: readonly BookEntry[] }
  | { readonly kind: 'match'; readonly policy: MatchPolicy }
  | { readonly kind: 'explain'; readonly bankLineId: string; readonly bookEntryId: string }
  | { readonly kind: 'cancel' }

export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly progress: MatchingProgress }
  | { readonly kind: 'run'; readonly run: MatchRun }
  | { readonly kind: 'explanation'; readonly explanation: PairExplanation }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }

/** Serves an engine over messages. The engine stays here, with all evidence; only what is asked for travels. */
export function serveMatching(answer: (message: WorkerAnswer) => void): (request: WorkerRequest) => Promise<void> {
  const bankLines: BankLine[] = []
  const bookEntries: BookEntry[] = []
  let engine: ReturnType<typeof createMatchingEngine> | undefined
  let stop = new AbortController()
  const handle = async (request: WorkerRequest): Promise<void> => {
    switch (request.kind) {
      case 'rows':
        bankLines.push(...(request.bankLines ?? []))
        bookEntries.push(...(request.bookEntries ?? []))
        return
      case 'match': {
        stop = new AbortController()
        engine = createMatchingEngine(request.policy)
        const run = await engine.matchInSteps(
          { bankLines, bookEntries },
          { signal: stop.signal, onProgress: (progress) => answer({ kind: 'progress', progress }) },
        )
        return answer({ kind: 'run', run: lightRun(run) })
      }
      case 'explain':
        if (engine === undefined) throw new ReconError('NOT_FOUND', 'Nothing was matched yet.')
        return answer({ kind: 'explanation', explanation: engine.explain(request.bankLineId, request.bookEntryId) })
      case 'cancel':
        return stop.abort()
    }
  }
  return async (request) => {
    try {
      await handle(request)
    } catch (error) {
      if (!ReconError.is(error)) throw error
      answer({ kind: 'error', code: error.code, message: error.message })
    }
  }
}
