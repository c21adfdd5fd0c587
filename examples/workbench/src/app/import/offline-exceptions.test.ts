import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseLedgerCsv, parseStatement } from '@recon/formats'
import readXlsxFile, { type Row } from 'read-excel-file/universal'
import { afterAll, beforeAll, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/universal'
import { accepted, type JourneyWorld, journeyWorld } from '../../journeys/journey-world.ts'
import { applyOffline, downloadExceptions, readOffline } from './offline-exceptions.ts'

let world: JourneyWorld
const sample = (name: string) => readFile(join(import.meta.dirname, '../../../samples', name))

beforeAll(async () => {
  world = await journeyWorld('cash')
  const bank = await parseStatement(await sample('bank-day.bai2'))
  const ledger = await parseLedgerCsv(await sample('ledger.csv'))
  const { client } = world
  accepted(await client.imports.create({ fileName: 'b', format: 'bai2', bankLines: [...bank.lines] }))
  accepted(await client.imports.create({ fileName: 'l', format: 'csv', bookEntries: [...ledger.entries] }))
  accepted(await client.runs.create({ policy: 'cash-management', wait: true }, { timeout: 60_000 }))
}, 120_000)
afterAll(() => world.close())

const text = (cell: Row[number] | undefined) => (cell === null || cell === undefined ? '' : String(cell))

/** What a person does in a spreadsheet. */
async function edited(bytes: Uint8Array, change: (cells: string[], index: number) => void): Promise<Uint8Array> {
  const [sheet] = await readXlsxFile(new Blob([bytes.slice()]))
  const rows = (sheet?.data ?? []).map((row) => row.map(text))
  const columns = rows[0] ?? []
  for (const [index, row] of rows.slice(1).entries()) change(row, index)
  const data = rows.map((row) => columns.map((_, at) => ({ type: String, value: row[at] ?? '' })))
  const blob = await writeXlsxFile([{ sheet: 'Exceptions', data }]).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

it('exceptions go out as a workbook, are decided offline, and come in with their conflicts', async () => {
  const { client } = world
  const { bytes, count } = await downloadExceptions(client)
  expect(count).toBeGreaterThan(5)
  const [sheet] = await readXlsxFile(new Blob([bytes.slice()]))
  const columns = (sheet?.data[0] ?? []).map(text)
  const at = (name: string) => columns.indexOf(name)
  const outside = (await client.items.list({ queue: 'OPEN', limit: 200 })).rows.find(
    ({ item }) => item.status === 'OUTSTANDING' && item.bankLineIds.length > 0,
  )
  if (outside === undefined) throw new Error('no open item')
  const workbook = await edited(bytes, (cells, index) => {
    const decide = (decision: string, note: string) => {
      cells[at('Decision')] = decision
      cells[at('Note')] = note
    }
    if (cells[at('Item')] === outside.item.id) decide('FLAG', 'looked odd')
    else if (index % 5 === 0) decide('FLAG', 'asked the branch')
    else if (index % 5 === 1) decide('FLAG', '')
    else if (index % 5 === 2) {
      decide('FLAG', 'wrong cell')
      cells[at('Amount')] = '999999.99'
    }
  })
  // Somebody decides the same item while the workbook is away.
  const { id, version } = outside.item
  accepted(await client.items.act({ itemId: id, version, do: { action: 'flag', reason: 'seen online' } }))
  const reading = await readOffline(client, workbook)
  expect(reading.changes.length).toBeGreaterThan(0)
  expect(new Set(reading.conflicts.map((conflict) => conflict.column))).toEqual(new Set(['Version', 'Amount', 'Note']))
  expect(reading.conflicts.find((conflict) => conflict.itemId === id)).toMatchObject({
    kind: 'ITEM_CHANGED',
    inFile: String(version),
    now: String(version + 1),
  })
  const { applied, refused } = await applyOffline(client, reading.changes)
  expect([applied + refused.length, applied > 0]).toEqual([reading.changes.length, true])
  const flagged = (await client.items.list({ queue: 'FLAGGED', limit: 200 })).rows.map(({ item }) => item.flag?.reason)
  expect(flagged.filter((reason) => reason === 'asked the branch')).toHaveLength(applied)
  // The same workbook once more: what was applied is a conflict now, nothing happens twice.
  const again = await readOffline(client, workbook)
  expect(again.changes.length).toBe(refused.length)
})
