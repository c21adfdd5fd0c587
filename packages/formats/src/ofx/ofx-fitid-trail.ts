import { hexWords, sha256 } from '../content-hash.ts'
import { OccurrenceCounter } from '../occurrence-counter.ts'

/** Lines a correction may reach back to within one file; banks correct what an earlier file held. */
const reach = 10_000

/** The transaction ids of a statement, by their hashes: as texts they would hold on to the file they were cut from. */
export class FitidTrail {
  private readonly seen = new OccurrenceCounter()
  /** Two halves, the older dropped whole: to drop one entry after the other from the front of a map takes its time. */
  private recent = new Map<string, string>()
  private older: ReadonlyMap<string, string> = new Map()

  /** True where the id came before. @param lineId empty for a line that is not announced yet */
  take(fitid: string, lineId: string): boolean {
    const words = sha256(fitid)
    this.recent.set(hexWords(words, 4), lineId)
    if (this.recent.size >= reach) {
      this.older = this.recent
      this.recent = new Map()
    }
    return this.seen.count(words[0] as number, words[1] as number) > 1
  }

  /** The line of an id among the latest. */
  lineOf(fitid: string): string | undefined {
    const key = hexWords(sha256(fitid), 4)
    return (this.recent.get(key) ?? this.older.get(key)) || undefined
  }
}
