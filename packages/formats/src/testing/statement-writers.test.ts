import { toMinorUnits } from '@recon/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { type WrittenStatement, writeBai2, writeCamt, writeMt940 } from './statement-writers.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const word = (min: number, max: number) =>
  fc.array(fc.constantFrom(...letters), { minLength: min, maxLength: max }).map((all) => all.join(''))
const line = fc.record({
  minor: fc.integer({ min: -999_999_999, max: 999_999_999 }).filter((minor) => minor !== 0),
  reference: word(1, 16),
  endToEndId: word(1, 20).map((text) => `E${text}`),
  text: fc.array(word(1, 12), { minLength: 1, maxLength: 8 }).map((words) => words.join(' ')),
})
const statement = fc.record({
  account: fc.integer({ min: 1, max: 999_999 }).map((number) => String(number).padStart(10, '0')),
  opening: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  lines: fc.array(line, { maxLength: 12 }),
})
const statements = fc.uniqueArray(statement, { minLength: 1, maxLength: 4, selector: (each) => each.account })

const squeezed = (text: string | undefined) => (text ?? '').replace(/\s/g, '')

async function expectSame(file: string, written: readonly WrittenStatement[]): Promise<void> {
  const result = await parseStatement(file)
  expect(result.warnings).toEqual([])
  expect(
    result.statements.map((read) => ({
      account: read.account,
      opening: Number(toMinorUnits(read.openingBalance?.amount ?? { amount: '0', currency: 'JPY' })),
      lines: read.lines.map((found) => ({
        minor: Number(toMinorUnits(found.amount)),
        reference: found.references.bankReference,
        endToEndId: found.references.endToEndId,
        text: squeezed(found.references.remittanceText?.split('\n')[0]),
      })),
    })),
  ).toEqual(
    written.map((each) => ({ ...each, lines: each.lines.map((found) => ({ ...found, text: squeezed(found.text) })) })),
  )
  for (const found of result.lines) expect([found.bookingDate, found.valueDate]).toEqual(['2026-11-20', '2026-11-21'])
  expect(new Set(result.lines.map((found) => found.id)).size).toBe(result.lines.length)
}

describe('what is written is read', () => {
  it('from BAI2, wherever its records are continued', async () => {
    await fc.assert(
      fc.asyncProperty(statements, fc.integer({ min: 0, max: 63 }), async (written, cuts) => {
        await expectSame(
          writeBai2(written, (index) => ((cuts >> index) & 1) === 1),
          written,
        )
      }),
      { numRuns: 150 },
    )
  })

  it('from camt.053', async () => {
    await fc.assert(
      fc.asyncProperty(statements, (written) => expectSame(writeCamt(written), written)),
      { numRuns: 150 },
    )
  })

  it('from MT940', async () => {
    await fc.assert(
      fc.asyncProperty(statements, (written) => expectSame(writeMt940(written), written)),
      { numRuns: 150 },
    )
  })

  it('and a changed amount never passes unnoticed', async () => {
    await fc.assert(
      fc.asyncProperty(
        statement.filter((each) => each.lines.length > 0),
        fc.nat(11),
        async (written, pick) => {
          const at = pick % written.lines.length
          const wrong = { ...written, opening: written.opening + 1 }
          for (const write of [writeCamt, writeMt940]) {
            const good = write([written])
            const bad = write([wrong])
            const marker = write === writeCamt ? 'CLBD' : ':62F:'
            const forged = bad.slice(0, bad.indexOf(marker)) + good.slice(good.indexOf(marker))
            await expect(parseStatement(forged)).rejects.toMatchObject({ code: 'FORMAT_INVALID' })
          }
          const file = writeBai2([written])
          const record = `,${Math.abs(written.lines[at]?.minor ?? 0)},V,`
          const forged = file.replace(record, `,${Math.abs(written.lines[at]?.minor ?? 0) + 1},V,`)
          await expect(parseStatement(forged)).rejects.toMatchObject({ details: { reason: 'CONTROL_TOTAL_WRONG' } })
        },
      ),
      { numRuns: 60 },
    )
  })
})
