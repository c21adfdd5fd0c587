import { describe, expect, it } from 'vitest'
import { showProgress } from './terminal-progress.ts'
import { capturedIo } from './testing/captured-io.ts'

describe('progress', () => {
  it('writes plain lines where nobody watches, and no carriage return', () => {
    const io = capturedIo()
    const progress = showProgress(io)
    progress.step('reading a.csv', 0)
    progress.step('reading a.csv', 0.2)
    progress.step('reading a.csv', 0.5, '10 lines')
    progress.step('matching', undefined)
    progress.end()
    expect(io.written()).toEqual({ out: '', err: 'reading a.csv\nreading a.csv  50% 10 lines\nmatching\n' })
  })

  it('draws a bar on a terminal and leaves a clean line behind', () => {
    const io = capturedIo({ interactive: true, columns: 60 })
    const progress = showProgress(io)
    progress.step('reading', 0.5, '3 lines')
    progress.end()
    const { err } = io.written()
    expect(err).toContain('[############............]  50% reading 3 lines')
    expect(err.endsWith('\r')).toBe(true)
  })

  it('never draws wider than the terminal', () => {
    const io = capturedIo({ interactive: true, columns: 30 })
    showProgress(io).step('reading a file with a very long name indeed', 0.1)
    expect(io.written().err.length).toBeLessThanOrEqual(29)
  })
})
