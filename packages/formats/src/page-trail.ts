import type { ReaderContext } from './format-reader.ts'
import { withinLimit } from './input-limits.ts'

/** One page of a statement that has several. */
export interface StatementPage {
  /** What the pages of one statement share: account, currency, statement number. */
  readonly key: string
  /** How a person finds the statement. */
  readonly name: string
  readonly page: number
  readonly first: boolean
  readonly last: boolean
  readonly line: number
}

interface Trail {
  readonly pages: Set<number>
  readonly name: string
  first: boolean
  last: boolean
  line: number
}

/**
 * Watches over the pages of the statements of a file. A page missing between two others is a defect. Pages before the first
 * or after the last one only warn: banks send the pages of one statement as files of their own, too.
 */
export class PageTrail {
  private readonly context: ReaderContext
  private readonly trails = new Map<string, Trail>()

  constructor(context: ReaderContext) {
    this.context = context
  }

  take({ key, name, page, first, last, line }: StatementPage): void {
    const known = this.trails.get(key)
    // A statement of one page is nothing to follow, so that memory does not grow with the number of statements.
    if (known === undefined && first && last) return
    const trail = known ?? { pages: new Set<number>(), name, first: false, last: false, line }
    trail.pages.add(page)
    trail.first ||= first
    trail.last ||= last
    trail.line = line
    this.trails.set(key, trail)
    withinLimit(this.context.limits, 'maxParts', this.trails.size, `line ${line}`)
    withinLimit(this.context.limits, 'maxParts', trail.pages.size, `line ${line}`)
  }

  end(): void {
    for (const trail of this.trails.values()) {
      const { name, line } = trail
      const pages = [...trail.pages].sort((left, right) => left - right)
      const missing = gaps(pages)
      if (missing !== undefined) {
        this.context.defect('PAGE_MISSING', {
          line,
          message: `Statement ${name}: page ${missing} is not in the file, which holds pages ${pages.slice(0, 20).join(', ')}.`,
          expected: `page ${missing}`,
        })
      }
      const before = trail.first ? '' : `the pages before ${pages[0]}`
      const after = trail.last ? '' : `the pages after ${pages.at(-1)}`
      const open = [before, after].filter((text) => text !== '').join(' and ')
      if (open !== '')
        this.context.warn('PAGE_MISSING', `Statement ${name}: ${open} are not in this file. Load them as well.`, line)
    }
    this.trails.clear()
  }
}

/** The first page missing between two others. */
function gaps(pages: readonly number[]): number | undefined {
  for (let index = 1; index < pages.length; index++) {
    const next = (pages[index - 1] ?? 0) + 1
    if (pages[index] !== next) return next
  }
  return undefined
}
