import type { BankLine, ReviewItem } from '@recon/core'
import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/universal'
import type { ItemRow } from '../csv/item-csv.ts'
import { defaultInputLimits } from '../input-limits.ts'
import { readExceptionWorkbook, writeExceptionWorkbook } from './exception-workbook.ts'
import { readSheetRows } from './sheet-rows.ts'

function rowOf(id: string, amount: string, version = 3): ItemRow {
  const line: BankLine = {
    id: `B-${id}`,
    account: '000123',
    bookingDate: '2026-03-02',
    amount: { amount, currency: 'USD' },
    status: 'POSTED',
    references: { endToEndId: '=HYPERLINK("x")' },
    counterparty: { name: '@Acme' },
  }
  const item: ReviewItem = {
    id,
    bankLineIds: [line.id],
    bookEntryIds: ['L-1'],
    perspective: 'BANK',
    scenario: 'UNMATCHED',
    bucket: 'NO_MATCH',
    status: 'OUTSTANDING',
    matches: [],
    reason: { code: 'NO_CANDIDATE' } as ReviewItem['reason'],
    severity: 40,
    version,
  }
  return { item, bankLines: [line], bookEntries: [] }
}
const rows = [rowOf('i1', '-12.50'), rowOf('i2', '1000.00'), rowOf('i3', '0.10')]
const current = new Map(rows.map((row) => [row.item.id, row]))

/** The downloaded workbook with some cells changed, as a person would save it. */
async function edited(edits: Record<string, Record<string, string>>): Promise<Uint8Array> {
  const sheet = await readSheetRows(await writeExceptionWorkbook(rows), defaultInputLimits)
  const found = [...sheet.rows]
  const header = found[0]?.fields ?? []
  const data = found.map((row, index) => {
    const change = index === 0 ? undefined : edits[row.fields[0] ?? '']
    return header.map((name, column) => ({ type: String, value: change?.[name] ?? row.fields[column] ?? '' }))
  })
  const blob = await writeXlsxFile(data, { sheet: 'Exceptions' }).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

describe('the exceptions workbook', () => {
  it('comes back untouched when nothing was decided', async () => {
    expect(await readExceptionWorkbook(await writeExceptionWorkbook(rows), current)).toEqual({
      changes: [],
      conflicts: [],
      untouched: 3,
    })
  })
  it('gives the decisions with the version they were made on', async () => {
    const bytes = await edited({ i1: { Decision: 'reconcile', 'Ledger entries': 'L-1; L-2', Note: '= agreed' } })
    expect(await readExceptionWorkbook(bytes, current)).toEqual({
      changes: [
        { itemId: 'i1', version: 3, decision: 'RECONCILE', bookEntryIds: ['L-1', 'L-2'], note: '= agreed', line: 2 },
      ],
      conflicts: [],
      untouched: 2,
    })
  })
  it.each([
    [
      'an item that changed meanwhile',
      { i1: { Decision: 'FLAG' } },
      new Map([...current, ['i1', rowOf('i1', '-12.50', 4)]]),
      { kind: 'ITEM_CHANGED', inFile: '3', now: '4' },
    ],
    ['an item that is gone', { i1: { Decision: 'FLAG' } }, new Map<string, ItemRow>(), { kind: 'ITEM_UNKNOWN' }],
    [
      'an amount that was edited',
      { i1: { Decision: 'FLAG', Amount: '-12.51' } },
      current,
      { kind: 'CELL_CHANGED', column: 'Amount', inFile: '-12.51', now: '-12.50' },
    ],
    [
      'a decision nobody knows',
      { i1: { Decision: 'perhaps' } },
      current,
      { kind: 'DECISION_UNKNOWN', inFile: 'PERHAPS' },
    ],
    [
      'an item decided twice',
      { i1: { Decision: 'FLAG' }, i2: { Item: 'i1', Decision: 'ESCALATE' } },
      current,
      { kind: 'ITEM_TWICE', line: 3 },
    ],
  ])('shows %s as a conflict', async (_, edits, now, conflict) => {
    const review = await readExceptionWorkbook(await edited(edits), now)
    expect(review.conflicts).toEqual([expect.objectContaining(conflict)])
  })
  it('refuses a workbook whose columns were removed', async () => {
    const blob = await writeXlsxFile([[{ type: String, value: 'Item' }]], {}).toBlob()
    await expect(readExceptionWorkbook(new Uint8Array(await blob.arrayBuffer()), current)).rejects.toThrowError(
      'lacks the columns Version',
    )
  })
})
