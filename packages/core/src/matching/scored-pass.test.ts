import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { fromMinorUnits } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { addDays } from '../records/iso-date.ts'
import { type MatchPolicyInput, matchPolicy } from './match-policy.ts'

const line = (id: string, minor: number, lag: number, name?: string, endToEndId?: string): BankLine => ({
  id,
  bookingDate: addDays('2026-05-11', lag),
  amount: fromMinorUnits(BigInt(minor), 'USD'),
  status: 'POSTED',
  references: endToEndId === undefined ? {} : { endToEndId },
  ...(name === undefined ? {} : { counterparty: { name } }),
})
const entry = (id: string, minor: number, lag: number, name?: string, paymentReference?: string): BookEntry => ({
  id,
  date: addDays('2026-05-11', lag),
  amount: fromMinorUnits(BigInt(minor), 'USD'),
  kind: 'GL_ENTRY',
  references: paymentReference === undefined ? {} : { paymentReference },
  ...(name === undefined ? {} : { counterparty: { name } }),
})
const run = (bankLines: BankLine[], bookEntries: BookEntry[], policy: MatchPolicyInput = {}) =>
  matchLines({ bankLines, bookEntries }, matchPolicy(policy))
const firsts = (result: ReturnType<typeof run>) =>
  Object.fromEntries(
    result.items.map((item) => [item.bankLineIds[0], item.matches[0]?.bookEntryIds.join('+') ?? item.reason.code]),
  )

describe('scored proposals', () => {
  it('assigns the block as a whole: the sum of the pairs counts, not who comes first', () => {
    const result = run(
      [line('b1', 4_999, 1, 'Maple Dairy'), line('b2', 4_999, 2, 'MAPLE DARY')],
      [entry('e1', 4_999, 2, 'Maple Dairy'), entry('e2', 4_999, 1, 'Silver Steel')],
    )
    expect(firsts(result)).toMatchObject({ b1: 'e1' })
    expect(result.matches.every((match) => match.status !== 'AUTO')).toBe(true)
  })

  it('knows a name with words turned round, cut off, misspelt, or inside the text', () => {
    for (const name of ['MÜLLER ANNA', 'Anna Mueler', 'anna müller'])
      expect(
        firsts(
          run(
            [line('b1', 88_123, 3, name)],
            [entry('e1', 88_123, 0, 'Anna Müller'), entry('e2', 88_123, 3, 'Jorge Diaz')],
          ),
        ),
      ).toEqual({
        b1: 'e1',
      })
    const inText = { ...line('b1', 88_123, 3), references: { remittanceText: 'TRANSFER ANNA MUELLER THANKS' } }
    expect(
      firsts(run([inText], [entry('e1', 88_123, 0, 'Anna Mueller'), entry('e2', 88_123, 3, 'Jorge Diaz')])),
    ).toEqual({ b1: 'e1' })
  })

  it('proposes nothing to a stranger of the same amount', () => {
    const stranger = run(
      [line('b1', 88_123, 1, 'Maple Dairy', 'PAY-7001')],
      [entry('e1', 88_123, 0, 'Silver Steel', 'INV-9')],
    )
    expect(stranger.matches).toEqual([])
  })

  it('shows a near-tie with its runner-up and never closes it, even above a calibrated score', () => {
    const calibrated = { automatic: { scoreAbove: 5 } }
    const tie = run(
      [line('b1', 88_123, 2, 'Maple Dairy')],
      [entry('e1', 88_123, 1, 'Maple Dairy'), entry('e2', 88_123, 0, 'Maple Dairy')],
      calibrated,
    )
    expect(tie.matches[0]).toMatchObject({
      status: 'PROPOSED',
      reason: { code: 'SCORED_NEAR_TIE' },
      runnerUp: { bookEntryIds: ['e2'] },
    })
    const clear = run([line('b1', 88_123, 2, 'Maple Dairy')], [entry('e1', 88_123, 1, 'Maple Dairy')], calibrated)
    expect(clear.matches[0]).toMatchObject({ status: 'AUTO', pass: 'SCORED' })
    expect(
      run([line('b1', 88_123, 2, 'Maple Dairy')], [entry('e1', 88_123, 1, 'Maple Dairy')]).matches[0],
    ).toMatchObject({ status: 'PROPOSED' })
  })

  it('leaves a guess among many alike unproposed and says why', () => {
    const many = Array.from({ length: 6 }, (_, at) => at)
    const result = run(
      many.map((at) => line(`b${at}`, 2_999, at)),
      many.map((at) => entry(`e${at}`, 2_999, at)),
    )
    expect(new Set(result.items.map((item) => item.reason.code))).toEqual(new Set(['SCORED_TOO_MANY_ALIKE']))
  })

  it('pairs identical records as twins, by the thousand, without comparing all with all', () => {
    const count = 3_000
    const result = run(
      Array.from({ length: count }, (_, at) => line(`b${at}`, 2_999, 1, 'Maple Dairy')),
      Array.from({ length: count }, (_, at) => entry(`e${at}`, 2_999, 0, 'Maple Dairy')),
    )
    expect(result.stats.proposed).toBe(count)
    expect(result.matches[0]?.reason.code).toBe('SCORED_TWINS')
  })
})
