import { describe, expect, it } from 'vitest'
import {
  AnswerAutosave,
  type DraftStore,
  type KeptDraft,
  type SaveAttempt,
  type SaveOutcome,
} from './answer-autosave.ts'
import { noAnswer, type PortalAnswer, type PortalLine, sameAnswer } from './portal-answer.ts'

/** A clock that runs only when the test lets it: timers fire in the order of their time. */
class ScriptClock {
  #now = 0
  #timers: { at: number; task: () => void }[] = []
  readonly schedule = (task: () => void, milliseconds: number): (() => void) => {
    const timer = { at: this.#now + milliseconds, task }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }
  async run(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)
      if (next === undefined) break
      this.#now = next.at
      this.#timers = this.#timers.filter((one) => one !== next)
      next.task()
      for (let turn = 0; turn < 8; turn++) await Promise.resolve()
    }
    this.#now = end
  }
}

/** Stands in for the backend: versions without gaps, and every text that was ever stored. */
class ScriptBackend {
  readonly stored = new Map<string, { version: number; answer: PortalAnswer; sent: boolean }>()
  readonly history: { lineId: string; note: string; over: string; by: string }[] = []
  fault: 'NONE' | 'OFFLINE' | 'LOST_ANSWER' | 'BROKEN' = 'NONE'

  constructor(ids: readonly string[]) {
    for (const id of ids) this.stored.set(id, { version: 1, answer: noAnswer, sent: false })
  }

  save(tab: string, { lineId, version, answer, submit }: SaveAttempt): SaveOutcome {
    const { fault } = this
    if (fault === 'OFFLINE' || fault === 'BROKEN') return { kind: 'UNREACHABLE' }
    const known = this.stored.get(lineId)
    if (known === undefined) return { kind: 'REFUSED', message: 'unknown' }
    if (known.version !== version) return { kind: 'CONFLICT', version: known.version, answer: known.answer }
    this.history.push({ lineId, note: answer.note ?? '', over: known.answer.note ?? '', by: tab })
    const next = { version: version + 1, answer, sent: submit }
    this.stored.set(lineId, next)
    return fault === 'LOST_ANSWER' ? { kind: 'UNREACHABLE' } : { kind: 'SAVED', ...next }
  }

  lines(): PortalLine[] {
    return [...this.stored].map(([id, { version, answer, sent }]) => ({
      id,
      version,
      date: '2026-10-14',
      amount: { amount: '-5.00', currency: 'SGD' },
      description: id,
      answer,
      sent,
      settled: false,
      attachments: [],
    }))
  }
}

function memoryDrafts(): DraftStore {
  const kept = new Map<string, KeptDraft>()
  return {
    load: () => [...kept.values()],
    keep: (draft) => {
      kept.set(draft.lineId, draft)
      return true
    },
    forget: (lineId) => {
      kept.delete(lineId)
    },
  }
}

class ScriptTab {
  readonly #drafts = memoryDrafts()
  readonly acknowledged = new Map<string, Set<string>>()
  /** Texts this tab showed when it was opened: to write over those is the person's own doing. */
  readonly shown = new Set<string>()
  autosave: AnswerAutosave
  readonly #open: () => AnswerAutosave

  constructor(name: string, backend: ScriptBackend, clock: ScriptClock) {
    this.#open = () => {
      const lines = backend.lines()
      for (const { answer } of lines) this.shown.add(answer.note ?? '')
      return new AnswerAutosave({
        lines,
        drafts: this.#drafts,
        schedule: clock.schedule,
        save: async (attempt) => {
          const outcome = backend.save(name, attempt)
          if (outcome.kind === 'SAVED') this.#note(attempt)
          return outcome
        },
      })
    }
    this.autosave = this.#open()
    this.autosave.start()
  }

  #note({ lineId, answer }: SaveAttempt): void {
    const known = this.acknowledged.get(lineId) ?? new Set()
    this.acknowledged.set(lineId, known.add(answer.note ?? ''))
  }

  reload(): void {
    this.autosave.stop()
    this.autosave = this.#open()
    this.autosave.start()
  }
}

function seeded(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % below
  }
}

const ids = ['a', 'b', 'c']

async function playScript(seed: number) {
  const next = seeded(seed)
  const clock = new ScriptClock()
  const backend = new ScriptBackend(ids)
  const tabs = [new ScriptTab('first', backend, clock), new ScriptTab('second', backend, clock)] as const
  const typed = new Map<string, string>()
  let words = 0
  for (let step = 0; step < 25; step++) {
    const tab = tabs[next(4) === 0 ? 1 : 0]
    const id = ids[next(ids.length)] ?? 'a'
    switch (next(9)) {
      case 0:
        backend.fault = 'OFFLINE'
        break
      case 1:
        backend.fault = 'LOST_ANSWER'
        break
      case 2:
        backend.fault = 'BROKEN'
        break
      case 3:
        backend.fault = 'NONE'
        break
      case 4:
        tab.reload()
        break
      case 5:
        await clock.run(next(8000))
        break
      default: {
        const note = `words ${++words}`
        typed.set(`${id}@${tab === tabs[0] ? 'first' : 'second'}`, note)
        tab.autosave.edit(id, { kind: 'NO_SUPPORTING', note })
        await clock.run(next(1500))
      }
    }
  }
  backend.fault = 'NONE'
  await clock.run(200_000)
  return { backend, tabs, typed }
}

describe('500 scripts of typing, losing the connection, reloading, a second tab, conflicts and failures', () => {
  it('loses no text the person wrote last, and writes over nobody silently', async () => {
    for (let seed = 1; seed <= 500; seed++) {
      const { backend, tabs, typed } = await playScript(seed)
      for (const [place, note] of typed) {
        const [id = '', name] = place.split('@')
        const tab = tabs[name === 'first' ? 0 : 1]
        const draft = tab.autosave.getSnapshot().lines.get(id)
        const stored = backend.history.some((entry) => entry.lineId === id && entry.note === note)
        const shown = draft?.answer.note === note
        expect(stored || shown, `seed ${seed}: "${note}" of ${place} is neither stored nor on the screen`).toBe(true)
        if (!stored) expect(draft?.state, `seed ${seed}: ${place} is not stored and not in conflict`).toBe('CONFLICT')
      }
      for (const { lineId, over, by } of backend.history) {
        if (over === '') continue
        const own = tabs[by === 'first' ? 0 : 1]
        const other = tabs[by === 'first' ? 1 : 0]
        const foreign = other.acknowledged.get(lineId)?.has(over) ?? false
        expect(!foreign || own.shown.has(over), `seed ${seed}: ${by} wrote over "${over}" of the other tab`).toBe(true)
      }
      for (const tab of tabs) {
        for (const [id, line] of tab.autosave.getSnapshot().lines) {
          if (line.state !== 'SAVED') continue
          const seen = backend.history.some((entry) => entry.lineId === id && entry.note === (line.answer.note ?? ''))
          expect(
            seen || sameAnswer(line.answer, noAnswer),
            `seed ${seed}: "saved" was shown for a text never stored`,
          ).toBe(true)
        }
      }
    }
  })
})

describe('one line', () => {
  it('keeps both texts of a conflict until the person chooses', async () => {
    const clock = new ScriptClock()
    const backend = new ScriptBackend(['a'])
    const first = new ScriptTab('first', backend, clock)
    const second = new ScriptTab('second', backend, clock)
    first.autosave.edit('a', { kind: 'NO_SUPPORTING', note: 'mine' })
    await clock.run(2000)
    second.autosave.edit('a', { kind: 'NO_SUPPORTING', note: 'other' })
    await clock.run(2000)
    const conflict = second.autosave.getSnapshot().lines.get('a')
    expect(conflict).toMatchObject({ state: 'CONFLICT', answer: { note: 'other' }, theirs: { note: 'mine' } })
    expect(backend.stored.get('a')?.answer.note).toBe('mine')
    second.autosave.resolve('a', 'MINE')
    await clock.run(2000)
    expect(backend.stored.get('a')?.answer.note).toBe('other')
  })

  it('keeps a conflict over a reload', async () => {
    const clock = new ScriptClock()
    const backend = new ScriptBackend(['a'])
    const first = new ScriptTab('first', backend, clock)
    const second = new ScriptTab('second', backend, clock)
    first.autosave.edit('a', { kind: 'NO_SUPPORTING', note: 'mine' })
    await clock.run(2000)
    second.autosave.edit('a', { kind: 'NO_SUPPORTING', note: 'other' })
    await clock.run(2000)
    second.reload()
    await clock.run(60_000)
    const line = second.autosave.getSnapshot().lines.get('a')
    expect(line).toMatchObject({ state: 'CONFLICT', answer: { note: 'other' }, theirs: { note: 'mine' } })
    expect(backend.stored.get('a')?.answer.note).toBe('mine')
  })

  it('says so when the device cannot keep the text', () => {
    const drafts: DraftStore = { load: () => [], keep: () => false, forget: () => undefined }
    const autosave = new AnswerAutosave({
      lines: new ScriptBackend(['a']).lines(),
      drafts,
      schedule: () => () => undefined,
      save: async () => ({ kind: 'UNREACHABLE' }),
    })
    autosave.edit('a', { note: 'x' })
    expect(autosave.getSnapshot().lines.get('a')?.unkept).toBe(true)
  })

  it('takes its own lost acknowledgement for what it is', async () => {
    const clock = new ScriptClock()
    const backend = new ScriptBackend(['a'])
    const tab = new ScriptTab('first', backend, clock)
    backend.fault = 'LOST_ANSWER'
    tab.autosave.edit('a', { kind: 'NO_SUPPORTING', note: 'kept' })
    await clock.run(1000)
    backend.fault = 'NONE'
    await clock.run(30_000)
    expect(tab.autosave.getSnapshot().lines.get('a')?.state).toBe('SAVED')
    expect(backend.stored.get('a')?.version).toBe(2)
  })
})
