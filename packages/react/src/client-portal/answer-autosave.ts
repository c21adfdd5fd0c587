import { type PortalAnswer, type PortalLine, sameAnswer } from './portal-answer.ts'

/** What became of one attempt to save. */
export type SaveOutcome =
  | { readonly kind: 'SAVED'; readonly version: number; readonly answer: PortalAnswer; readonly sent: boolean }
  /** Somebody else (another tab, another device) was first; `answer` is what is stored now. */
  | { readonly kind: 'CONFLICT'; readonly version: number; readonly answer: PortalAnswer }
  /** A rule says no; the text stays on this device. */
  | { readonly kind: 'REFUSED'; readonly message: string }
  /** No answer, or one that says "later". It may have been stored all the same. */
  | { readonly kind: 'UNREACHABLE' }

export interface SaveAttempt {
  readonly lineId: string
  /** The version the person's text is based on. */
  readonly version: number
  readonly answer: PortalAnswer
  readonly submit: boolean
}

/** A text that is not acknowledged yet, as kept on the device. */
export interface KeptDraft {
  readonly lineId: string
  readonly version: number
  readonly answer: PortalAnswer
  readonly submit: boolean
}

/** Survives a reload: localStorage, or whatever the host has. Failures to keep are reported, never thrown at the person. */
export interface DraftStore {
  readonly load: () => readonly KeptDraft[]
  readonly keep: (draft: KeptDraft) => boolean
  readonly forget: (lineId: string) => void
}

export interface AutosaveOptions {
  readonly lines: readonly PortalLine[]
  readonly save: (attempt: SaveAttempt) => Promise<SaveOutcome>
  readonly drafts: DraftStore
  /** Runs `task` after `milliseconds`; returns how to call it off. */
  readonly schedule: (task: () => void, milliseconds: number) => () => void
}

export type LineState = 'SAVED' | 'WAITING' | 'SAVING' | 'OFFLINE' | 'CONFLICT' | 'REFUSED'

export interface LineDraft {
  /** What the person sees and edits. */
  readonly answer: PortalAnswer
  /** What the other side last acknowledged. */
  readonly acknowledged: PortalAnswer
  readonly version: number
  /** The version the person's text grew from: older than `version` while a conflict is open. */
  readonly base: number
  readonly state: LineState
  readonly sent: boolean
  /** The other text of a conflict; both are kept until the person chooses. */
  readonly theirs?: PortalAnswer
  readonly refusal?: string
  readonly submit: boolean
  /** The device could not keep the text: closing the page would lose it. */
  readonly unkept: boolean
}

export interface AutosaveSnapshot {
  readonly lines: ReadonlyMap<string, LineDraft>
  readonly online: boolean
  /** The worst state of all lines, for the one line of text at the top. */
  readonly overall: LineState
}

const typingPause = 700
const retryDelays = [1000, 2000, 5000, 10_000, 30_000] as const

/**
 * Saves answers while they are written. Every edit is kept on the device before it is sent and forgotten only after the
 * other side acknowledged it; one attempt per line is on its way at a time; a text that met another one is never sent
 * over it without the person's word.
 */
export class AnswerAutosave {
  readonly #options: AutosaveOptions
  readonly #lines = new Map<string, LineDraft>()
  readonly #timers = new Map<string, () => void>()
  readonly #running = new Set<string>()
  readonly #failures = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #online = true
  #stopped = false
  #snapshot: AutosaveSnapshot

  constructor(options: AutosaveOptions) {
    this.#options = options
    for (const line of options.lines) this.#lines.set(line.id, freshDraft(line))
    for (const draft of options.drafts.load()) this.#restore(draft)
    this.#snapshot = this.#summarize()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getSnapshot = (): AutosaveSnapshot => this.#snapshot

  /** Starts sending what an earlier sitting left behind. */
  start(): void {
    this.#stopped = false
    for (const [id, line] of this.#lines) if (line.state === 'WAITING' || line.state === 'OFFLINE') this.#later(id, 0)
  }

  /** Stops sending. Nothing is lost: drafts stay on the device. */
  stop(): void {
    this.#stopped = true
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }

  edit(lineId: string, change: Partial<PortalAnswer>): void {
    const line = this.#lines.get(lineId)
    if (line === undefined) return
    const answer = { ...line.answer, ...change }
    const state = line.state === 'CONFLICT' ? 'CONFLICT' : 'WAITING'
    this.#set(lineId, { ...line, answer, state, submit: false })
    if (state === 'WAITING') this.#later(lineId, typingPause)
  }

  /** Gives the answer to the firm, with everything written so far. */
  submit(lineId: string): void {
    const line = this.#lines.get(lineId)
    if (line === undefined || line.state === 'CONFLICT') return
    this.#set(lineId, { ...line, state: 'WAITING', submit: true })
    this.#later(lineId, 0)
  }

  /** Ends a conflict with the person's choice. The other text is replaced only now, knowingly. */
  resolve(lineId: string, choice: 'MINE' | 'THEIRS'): void {
    const line = this.#lines.get(lineId)
    if (line?.theirs === undefined) return
    const { theirs, ...rest } = line
    if (choice === 'THEIRS') {
      this.#set(lineId, {
        ...rest,
        base: line.version,
        answer: theirs,
        acknowledged: theirs,
        state: 'SAVED',
        submit: false,
      })
      return
    }
    this.#set(lineId, { ...rest, base: line.version, acknowledged: theirs, state: 'WAITING' })
    this.#later(lineId, 0)
  }

  setOnline(online: boolean): void {
    this.#online = online
    for (const [id, line] of this.#lines) {
      if (online && line.state === 'OFFLINE') this.#later(id, 0)
    }
    this.#publish()
  }

  /** Sends what waits now instead of after the pause: the page is being left. */
  flush(): void {
    for (const [id, line] of this.#lines) if (line.state === 'WAITING') this.#later(id, 0)
  }

  #restore(draft: KeptDraft): void {
    const line = this.#lines.get(draft.lineId)
    if (line === undefined) return
    const answered = sameAnswer(draft.answer, line.acknowledged) && (!draft.submit || line.sent)
    if (answered) {
      this.#options.drafts.forget(draft.lineId)
      return
    }
    const { answer, submit } = draft
    const moved = line.version !== draft.version && !sameAnswer(answer, line.acknowledged)
    this.#lines.set(
      draft.lineId,
      moved
        ? { ...line, base: draft.version, answer, submit: false, state: 'CONFLICT', theirs: line.acknowledged }
        : { ...line, answer, submit, state: 'WAITING' },
    )
  }

  #later(lineId: string, milliseconds: number): void {
    if (this.#stopped) return
    this.#timers.get(lineId)?.()
    const cancel = this.#options.schedule(() => {
      this.#timers.delete(lineId)
      void this.#send(lineId)
    }, milliseconds)
    this.#timers.set(lineId, cancel)
  }

  async #send(lineId: string): Promise<void> {
    const line = this.#lines.get(lineId)
    if (line === undefined || this.#running.has(lineId) || this.#stopped) return
    if (line.state !== 'WAITING' && line.state !== 'OFFLINE') return
    this.#running.add(lineId)
    this.#set(lineId, { ...line, state: 'SAVING' })
    const { version, answer, submit } = line
    const outcome = await this.#options
      .save({ lineId, version, answer, submit })
      .catch((): SaveOutcome => ({ kind: 'UNREACHABLE' }))
    this.#running.delete(lineId)
    this.#take(lineId, answer, submit, outcome)
  }

  #take(lineId: string, tried: PortalAnswer, submit: boolean, outcome: SaveOutcome): void {
    const line = this.#lines.get(lineId)
    if (line === undefined) return
    const changed = !sameAnswer(line.answer, tried) || line.submit !== submit
    switch (outcome.kind) {
      case 'SAVED': {
        this.#failures.delete(lineId)
        const { version, answer, sent } = outcome
        const saved = { ...line, version, base: version, acknowledged: answer, sent }
        this.#set(lineId, changed ? { ...saved, state: 'WAITING' } : { ...saved, state: 'SAVED', submit: false })
        if (changed) this.#later(lineId, typingPause)
        return
      }
      case 'CONFLICT': {
        const { version, answer: theirs } = outcome
        if (sameAnswer(theirs, line.answer)) {
          // Our own earlier attempt was stored although its answer got lost: nothing is in conflict.
          const next = submit ? 'WAITING' : 'SAVED'
          this.#set(lineId, { ...line, version, base: version, acknowledged: theirs, state: next })
          if (submit) this.#later(lineId, 0)
          return
        }
        if (sameAnswer(theirs, tried)) {
          this.#set(lineId, { ...line, version, base: version, acknowledged: theirs, state: 'WAITING' })
          this.#later(lineId, 0)
          return
        }
        this.#set(lineId, { ...line, version, theirs, state: 'CONFLICT', submit: false })
        return
      }
      case 'REFUSED':
        this.#set(lineId, { ...line, state: 'REFUSED', refusal: outcome.message, submit: false })
        return
      case 'UNREACHABLE': {
        const failures = (this.#failures.get(lineId) ?? 0) + 1
        this.#failures.set(lineId, failures)
        this.#set(lineId, { ...line, state: 'OFFLINE' })
        this.#later(lineId, retryDelays[Math.min(failures, retryDelays.length) - 1] ?? 30_000)
      }
    }
  }

  #set(lineId: string, line: LineDraft): void {
    const { refusal: _refusal, ...rest } = line
    const clean = line.state === 'REFUSED' ? line : rest
    const settled = line.state === 'SAVED'
    if (settled) this.#options.drafts.forget(lineId)
    const kept =
      settled || this.#options.drafts.keep({ lineId, version: line.base, answer: line.answer, submit: line.submit })
    this.#lines.set(lineId, { ...clean, unkept: !kept })
    this.#publish()
  }

  #publish(): void {
    this.#snapshot = this.#summarize()
    for (const listener of this.#listeners) listener()
  }

  #summarize(): AutosaveSnapshot {
    const states = new Set([...this.#lines.values()].map((line) => line.state))
    const worst = (['CONFLICT', 'REFUSED', 'OFFLINE', 'SAVING', 'WAITING'] as const).find((state) => states.has(state))
    return { lines: new Map(this.#lines), online: this.#online, overall: worst ?? 'SAVED' }
  }
}

function freshDraft(line: PortalLine): LineDraft {
  return {
    answer: line.answer,
    acknowledged: line.answer,
    version: line.version,
    base: line.version,
    state: 'SAVED',
    sent: line.sent,
    submit: false,
    unkept: false,
  }
}
