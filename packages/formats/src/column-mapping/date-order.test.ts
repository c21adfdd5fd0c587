import { dateOfDayNumber } from '@recon/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DateOrder, proveDateOrder, readDateInOrder } from './date-order.ts'

const orders: readonly DateOrder[] = ['DMY', 'MDY', 'YMD']
function written(iso: string, order: DateOrder, mark: string): string {
  const [year = '', month = '', day = ''] = iso.split('-')
  const parts = { DMY: [day, month, year], MDY: [month, day, year], YMD: [year, month, day] }[order]
  return parts.join(mark)
}
const day = fc.integer({ min: 0, max: 30_000 }).map(dateOfDayNumber)

test('a proof never names an order the dates were not written in, unless both mean the same dates', () => {
  fc.assert(
    fc.property(
      fc.array(day, { minLength: 1, maxLength: 20 }),
      fc.constantFrom(...orders),
      fc.constantFrom('/', '.', '-'),
      (days, order, mark) => {
        const texts = days.map((iso) => written(iso, order, mark))
        const proof = proveDateOrder(texts)
        expect(proof.kind).not.toBe('impossible')
        if (proof.kind === 'proven') expect(texts.map((text) => readDateInOrder(text, proof.order))).toEqual(days)
        else if (proof.kind === 'ambiguous') expect(proof.orders).toContain(order)
      },
    ),
    { numRuns: 500 },
  )
})
test('one day beyond twelve decides', () => {
  expect(proveDateOrder(['01/02/2026', '13/02/2026'])).toEqual({ kind: 'proven', order: 'DMY' })
  expect(proveDateOrder(['01/02/2026', '02/13/2026'])).toEqual({ kind: 'proven', order: 'MDY' })
  expect(proveDateOrder(['01/02/2026'])).toEqual({ kind: 'ambiguous', orders: ['DMY', 'MDY'], example: '01/02/2026' })
  expect(proveDateOrder(['03/03/2026'])).toMatchObject({ kind: 'proven' })
  expect(proveDateOrder(['13/02/2026', '02/13/2026'])).toEqual({ kind: 'impossible', example: '02/13/2026', index: 1 })
})
