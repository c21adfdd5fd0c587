import {
  type BankLine,
  type BookEntry,
  createMatchingEngine,
  lightRun,
  type Match,
  type MatchingProgress,
  type MatchPolicy,
  type MatchRun,
  type PairExplanation,
  ReconError,
  type ReviewItem,
} from '@recon/core'

/** What the page asks. Records come in slices, so that posting them never blocks a frame. */
export type WorkerRequest =
  | { readonly kind: 'rows'; readonly bankLines?: readonly BankLine[]; readonly bookEntries?: readonly BookEntry[] }
  | { readonly kind: 'match'; readonly policy: MatchPolicy }
  | { readonly kind: 'explain'; readonly bankLineId: string; readonly bookEntryId: string }
  | { readonly kind: 'cancel' }

/** An item with the ids of its matches, which travel once. */
export type RunItem = Omit<ReviewItem, 'matches'> & { readonly matchIds: readonly string[] }

/** A run comes back as its matches, then its items, in slices a page can take between two frames, then the rest of it. */
export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly progress: MatchingProgress }
  | { readonly kind: 'matches'; readonly matches: readonly Match[] }
  | { readonly kind: 'items'; readonly items: readonly RunItem[] }
  | { readonly kind: 'run'; readonly run: Omit<MatchRun, 'items' | 'matches'> }
  | { readonly kind: 'explanation'; readonly explanation: PairExplanation }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }

const slice = 400

function answerRun(run: MatchRun, answer: (message: WorkerAnswer) => void): void {
  const { items, matches, ...rest } = lightRun(run)
  for (let at = 0; at < matches.length; at += slice) {
    answer({ kind: 'matches', matches: matches.slice(at, at + slice) })
  }
  for (let at = 0; at < items.length; at += slice) {
    const part = items.slice(at, at + slice)
    answer({ kind: 'items', items: part.map((item) => ({ ...item, matches: [], matchIds: item.matches.map(idOf) })) })
  }
  answer({ kind: 'run', run: rest })
}

const idOf = ({ id }: Match) => id

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
        return answerRun(run, answer)
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
