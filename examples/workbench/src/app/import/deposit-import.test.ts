import type { BankLine } from '@recon/core'
import type { ColumnMapping, MappingProposal, TablePreview } from '@recon/formats'
import type { BankTableMapping, LedgerTableMapping, TableLook, TableMapping, TableProposal } from '@recon/react'
import { expect, expectTypeOf, it } from 'vitest'
import { depositImport } from './deposit-import.ts'

it('the mapping of the screens is the mapping of the readers, field by field', () => {
  expectTypeOf<TableMapping>().toExtend<ColumnMapping>()
  expectTypeOf<ColumnMapping>().toExtend<TableMapping>()
  expectTypeOf<keyof BankTableMapping['columns']>().toEqualTypeOf<
    keyof Extract<ColumnMapping, { target: 'bank' }>['columns']
  >()
  expectTypeOf<keyof LedgerTableMapping['columns']>().toEqualTypeOf<
    keyof Extract<ColumnMapping, { target: 'ledger' }>['columns']
  >()
  expectTypeOf<keyof TableMapping>().toEqualTypeOf<keyof ColumnMapping>()
  expectTypeOf<TablePreview>().toExtend<TableLook>()
  expectTypeOf<MappingProposal>().toExtend<TableProposal>()
})

const csv = 'Buchung;Name;Betrag EUR\n20.11.2026;Luma;1.250,00\n21.11.2026;Rahman;86,4O\n24.11.2026;Meridian;-2,00\n'

it('proposes, reads with a corrected mapping, names the rows it leaves out, and stores the others', async () => {
  const stored: BankLine[] = []
  const source = depositImport({
    imports: {
      create: async (request: { readonly bankLines?: readonly BankLine[] }) => {
        stored.push(...(request.bankLines ?? []))
        return { ok: true, value: {} }
      },
    },
  } as unknown as Parameters<typeof depositImport>[0])
  const file = new File([csv], 'deposits.csv')
  const { proposal } = await source.look(file, 'bank')
  if (!proposal.ok) throw new Error(proposal.message)
  expect(proposal.reasons.map((reason) => reason.code)).toContain('CURRENCY_IN_HEADER')
  const mapping: TableMapping = { ...proposal.mapping, positive: 'MONEY_OUT' }
  const preview = await source.preview(file, mapping)
  expect(preview.records.map((record) => record.amount.amount)).toEqual(['-1250.00', '2.00'])
  expect(preview.problems.map((problem) => problem.line)).toEqual([3])
  const steps: number[] = []
  await source.run(file, mapping, (done) => steps.push(done), new AbortController().signal)
  expect([stored.map((line) => line.counterparty?.name), steps]).toEqual([['Luma', 'Meridian'], [2]])
})
