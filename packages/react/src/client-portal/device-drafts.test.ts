import { beforeEach, describe, expect, it } from 'vitest'
import type { KeptDraft } from './answer-autosave.ts'
import { deviceDrafts } from './device-drafts.ts'
import { deviceUploads } from './device-uploads.ts'
import type { PortalAttachment } from './portal-answer.ts'
import { type UploadTransport, uploadFile } from './resumable-upload.ts'

const draft = (lineId: string, note: string): KeptDraft => ({
  lineId,
  version: 1,
  submit: false,
  answer: { kind: 'NO_SUPPORTING', note, attachmentIds: [] },
})
let time = 0
const open = (tab: string, storage: Storage = localStorage) => deviceDrafts('run-1', { tab, storage, now: () => time })
const notes = (store: ReturnType<typeof open>) => store.load().map(({ answer }) => answer.note)

describe('drafts on a device', () => {
  beforeEach(() => {
    localStorage.clear()
    time = 1_000_000
  })

  it('are found again by the same tab after a reload', () => {
    open('one').keep(draft('a', 'Counter cash'))
    expect(notes(open('one'))).toEqual(['Counter cash'])
  })

  it('are not written over by a second tab, and not taken from a tab that is at work', () => {
    open('one').keep(draft('a', 'from the first'))
    open('two').keep(draft('a', 'from the second'))
    expect(notes(open('one'))).toEqual(['from the first'])
    expect(notes(open('two'))).toEqual(['from the second'])
  })

  it('are taken over once their tab was closed', () => {
    const first = open('one')
    first.load()
    first.keep(draft('a', 'written offline'))
    window.dispatchEvent(new Event('pagehide'))
    expect(notes(open('two'))).toEqual(['written offline'])
    expect(notes(open('one'))).toEqual([])
  })

  it('are taken over when their tab fell silent, but never in place of what this tab has itself', () => {
    open('one').keep(draft('a', 'of a tab that crashed'))
    open('one').keep(draft('b', 'of a tab that crashed'))
    time += 180_000
    const second = open('two')
    second.keep(draft('a', 'my own'))
    expect(notes(second).sort()).toEqual(['my own', 'of a tab that crashed'])
  })

  it('survive what is not a draft, and say so where nothing can be kept', () => {
    localStorage.setItem('recon-draft:run-1:a:one', '{"lineId":7}')
    localStorage.setItem('recon-draft:run-1:b:one', 'not json')
    expect(notes(open('one'))).toEqual([])
    const full = new Proxy(localStorage, {
      get: (target, name) =>
        name === 'setItem'
          ? () => {
              throw new Error('quota')
            }
          : Reflect.get(target, name),
    })
    expect(open('one', full).keep(draft('a', 'x'))).toBe(false)
  })
})

describe('an upload that a closed page left unfinished', () => {
  const file = new File(['0123456789'], 'receipt.pdf', { type: 'application/pdf' })
  let held: PortalAttachment = { id: '', fileName: '', size: 0, received: 0, status: 'UPLOADING' }
  let begun = 0
  let cut = true
  const transport: UploadTransport = {
    begin: async ({ fileName, size }) => {
      begun++
      held = { id: `att-${begun}`, fileName, size, received: 0, status: 'UPLOADING' }
      return held
    },
    part: async (_id, offset, bytes) => {
      if (cut && offset >= 4) throw new Error('the page is gone')
      const received = offset + bytes.size
      held = { ...held, received, status: received >= held.size ? 'STORED' : 'UPLOADING' }
      return held
    },
    state: async () => held,
  }
  const send = (signal: AbortSignal, seen: number[]) =>
    uploadFile({
      ...{ lineId: 'a', file, partBytes: 2, transport, signal, memory: deviceUploads('run-1') },
      onProgress: ({ received }) => seen.push(received),
      wait: async () => undefined,
    })

  it('goes on where it stood when the same file is chosen again', async () => {
    localStorage.clear()
    await expect(send(new AbortController().signal, [])).rejects.toThrow('the page is gone')
    expect(held.received).toBe(4)
    cut = false
    const seen: number[] = []
    const done = await send(new AbortController().signal, seen)
    expect(done).toMatchObject({ id: 'att-1', status: 'STORED' })
    expect(begun).toBe(1)
    expect(seen).toEqual([4, 6, 8, 10])
    expect(localStorage.length).toBe(0)
  })
})
