import { ReconError } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { refusedInput } from './input-refusal.ts'

describe('a refused input', () => {
  it('names the defect and the line', () => {
    const error = new ReconError('FORMAT_INVALID', 'The control total is wrong.', {
      place: 'line 12',
      details: { reason: 'CONTROL_TOTAL_WRONG', line: 12 },
    })
    expect(refusedInput(error)).toEqual({
      code: 'CONTROL_TOTAL_WRONG',
      message: 'The control total is wrong.',
      line: 12,
      place: 'line 12',
    })
  })

  it('falls back to the code of the error, and takes the line from its place', () => {
    const error = new ReconError('RECORD_DUPLICATE_ID', 'Twice.', { place: 'line 3' })
    expect(refusedInput(error)).toMatchObject({ code: 'RECORD_DUPLICATE_ID', line: 3 })
    expect(
      refusedInput(new ReconError('INPUT_TOO_LARGE', 'Large.', { details: { reason: 'LIMIT_EXCEEDED' } })),
    ).toMatchObject({
      code: 'INPUT_TOO_LARGE',
    })
  })

  it('keeps what is unexpected to one line without a stack', () => {
    expect(refusedInput(new TypeError('broken'))).toEqual({ code: 'INTERNAL', message: 'broken' })
    expect(refusedInput(Object.assign(new Error('x'), { code: 'ENOENT', path: '/a' })).message).toBe(
      '/a: There is no such file.',
    )
  })
})
