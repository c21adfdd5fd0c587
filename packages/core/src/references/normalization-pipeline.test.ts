import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bridgingStep,
  canonicalReference,
  canonicalRoom,
  canonicalUnits,
  caseStep,
  codeWordStep,
  diacriticsStep,
  leadingZerosStep,
  longestReference,
  punctuationStep,
  referencePipeline,
  trimStep,
  unicodeFormStep,
  whitespaceStep,
} from './normalization-pipeline.ts'

describe('each step alone', () => {
  it.each([
    [trimStep, ' 4217\n', '4217'],
    [unicodeFormStep, '４２１７', '4217'],
    [unicodeFormStep, 'ﬁ1', 'fi1'],
    [caseStep, 'inv-9', 'INV-9'],
    [whitespaceStep, 'DUM\nMY 12', 'DUMMY12'],
    [codeWordStep, 'EREF+4217', '4217'],
    [codeWordStep, '/EREF/4217', '4217'],
    [codeWordStep, 'EREF+', 'EREF+'],
    [punctuationStep, 'INV/2019-00001', 'INV201900001'],
    [diacriticsStep, 'ÜBER9', 'UBER9'],
    [leadingZerosStep, '0000000024', '24'],
    [leadingZerosStep, 'EVENT00005', 'EVENT5'],
    [leadingZerosStep, '000', '0'],
    [leadingZerosStep, '240', '240'],
    [leadingZerosStep, 'A10020', 'A10020'],
  ])('%o turns %j into %j', (step, from, to) => {
    expect(step(from)).toBe(to)
  })
})

describe('the canonical form', () => {
  it('is what all steps in order make of a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        const stepped = referencePipeline.reduce((current, [, step]) => step(current), value.slice(0, longestReference))
        expect(canonicalReference(value)).toBe(stepped)
      }),
    )
  })

  it('does not change when normalized again, for references of letters, digits and marks', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 ./+-]{0,30}$/), (value) => {
        const once = canonicalReference(value)
        expect(canonicalReference(once)).toBe(once)
      }),
    )
  })

  it('keeps look-alikes of other scripts apart', () => {
    expect(canonicalReference('АB12')).not.toBe(canonicalReference('AB12'))
  })

  it('keeps case where asked', () => {
    expect(canonicalReference('Ref-1', true)).toBe('Ref1')
  })

  it('reads no more than its cap, quickly', () => {
    const hostile = `${'0'.repeat(200_000)}1${'a- '.repeat(200_000)}`
    expect(canonicalReference(hostile).length).toBeLessThanOrEqual(longestReference)
  })
})

describe('the bridging step', () => {
  it.each([
    ['4217', '4217', undefined],
    ['4217 ', '4217', 'trim'],
    ['ref-1', 'REF-1', 'case'],
    ['INV 9', 'INV9', 'whitespace'],
    ['EREF+4217', '4217', 'code-word'],
    ['INV-9', 'INV/9', 'punctuation'],
    ['ÜB-1', 'UB-1', 'diacritics'],
    ['0004217', '4217', 'leading-zeros'],
    ['4217', '4218', null],
  ])('between %j and %j is %j', (left, right, step) => {
    expect(bridgingStep(left, right)).toBe(step)
  })
})

describe('plain references', () => {
  it('take the short way to the same form', () => {
    const shapes = fc.stringMatching(/^ ?(EREF\+|\/EREF\/|ref:|)[A-Za-z0-9]{0,6}[-/. +:]{0,2}[A-Za-z0-9 ]{0,12}\n?$/)
    fc.assert(
      fc.property(shapes, (value) => {
        expect(canonicalReference(value)).toBe(referencePipeline.reduce((current, [, step]) => step(current), value))
      }),
      { numRuns: 500 },
    )
  })

  it('are written unit by unit to the same form, or not at all', () => {
    const room = canonicalRoom()
    const shapes = fc.oneof(
      fc.stringMatching(/^[ /]?(EREF\+|\/EREF\/|ref:|AP\/|0|)[A-Za-z0-9]{0,6}[-/. +:]{0,2}[A-Za-z0-9 é]{0,12}\n?$/),
      fc.string(),
    )
    fc.assert(
      fc.property(shapes, (value) => {
        const length = canonicalUnits(`x${value}y`, 1, value.length + 1, room)
        if (length >= 0) expect(String.fromCharCode(...room.subarray(0, length))).toBe(canonicalReference(value))
        if (/^[A-Z0-9-]*$/.test(value)) expect(length).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })
})
