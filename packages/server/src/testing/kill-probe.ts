import { writeSync } from 'node:fs'
import pg from 'pg'

/** The `time`-th time (from 1) that a process reaches a point; jobs run side by side, so a place in their common order is none. */
export interface Boundary {
  readonly point: string
  readonly time: number
}

/**
 * Counts the boundaries a process passes and ends it with SIGKILL at one of them. Boundaries are the steps the backend
 * announces itself, and around the database: after every statement that wrote something, before a COMMIT leaves, when it has
 * left and its answer has not come, and after the answer.
 */
export class KillProbe {
  #points: string[] | undefined
  #boundary: Boundary | undefined
  #met = 0

  /** Begins to count; without a boundary it never kills. */
  arm(boundary: Boundary | undefined): void {
    this.#points = []
    this.#boundary = boundary
    this.#met = 0
  }

  /** Stops counting; the boundaries that were passed. */
  disarm(): readonly string[] {
    const points = this.#points ?? []
    this.#points = undefined
    return points
  }

  readonly reach = (point: string): void => {
    if (this.#points === undefined) return
    this.#points.push(point)
    if (point !== this.#boundary?.point || ++this.#met !== this.#boundary.time) return
    this.say({ killed: point })
    process.kill(process.pid, 'SIGKILL')
  }

  /** Written at once, not through a stream: what was said is out when the process is gone. */
  say(fact: object): void {
    writeSync(1, `${JSON.stringify(fact)}\n`)
  }

  /** Watches every statement of every connection of this process, those of the job system too. */
  watchDatabase(): void {
    const { reach } = this
    const send = pg.Client.prototype.query as (this: unknown, ...given: unknown[]) => unknown
    const watched = function (this: unknown, ...given: unknown[]): unknown {
      const { verb, label } = statementOf(given[0])
      if (verb === 'commit') reach('commit.before')
      const after = (result: unknown): void => {
        const rows = (result as { rowCount?: number | null } | undefined)?.rowCount ?? 0
        if (verb === 'commit') reach('commit.after')
        else if (rows > 0 && writing.has(verb)) reach(label)
      }
      const callback = given.at(-1)
      const answer =
        typeof callback === 'function'
          ? send.apply(this, [
              ...given.slice(0, -1),
              (error: unknown, result: unknown) => {
                if (error === null || error === undefined) after(result)
                callback(error, result)
              },
            ])
          : send.apply(this, given)
      if (verb === 'commit') reach('commit.sent')
      if (!(answer instanceof Promise)) return answer
      return answer.then((result) => {
        after(result)
        return result
      })
    }
    pg.Client.prototype.query = watched as typeof pg.Client.prototype.query
  }
}

const writing = new Set(['insert', 'update', 'delete', 'with'])

function statementOf(given: unknown): { verb: string; label: string } {
  const text = typeof given === 'string' ? given : String((given as { text?: unknown } | undefined)?.text ?? '')
  const words = text
    .slice(0, 4000)
    .toLowerCase()
    .split(/[\s("]+/)
    .filter((word) => word !== '')
  const [verb = ''] = words
  const at = words.findIndex((word) => word === 'into' || word === 'update' || word === 'from')
  return { verb, label: `${verb} ${words[at + 1]?.replaceAll(/[".]+/g, ' ').trim() ?? ''}` }
}
