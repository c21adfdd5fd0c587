import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { createTestClock } from '../testing/test-clock.ts'
import { readFusionExport } from './fusion-export.ts'
import { oracleFusion } from './oracle-fusion.ts'
import { readLedgerEntries, readStatementLines } from './oracle-fusion-convert.ts'
import { createOracleFusionSimulator } from './oracle-fusion-simulator.ts'
import { buildReconciliationImport } from './reconciliation-import.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const statementCsv = `STATEMENT_LINE_ID,BANK_ACCOUNT_ID,FLOW_INDICATOR,AMOUNT,CURRENCY_CODE,BOOKING_DATE,RECON_STATUS,END_TO_END_ID,TRX_TYPE,COUNTERPARTY_NAME
900001,4471,DBIT,18240.00,USD,2026-11-20,UNR,0004417,WIRE,Northwind Freight GmbH
900002,4471,CRDT,52010.77,USD,2026-11-20,REC,0004217,ACH,"Oakline Energy, LLC"
900003,4471,SIDEWAYS,1.00,USD,2026-11-20,UNR,,,
900004,4471,DBIT,1.00,USD,2026-02-30,UNR,,,
`

describe('fusion exports', () => {
  it('give signed lines with the status of the source, and name the rows they could not give', async () => {
    const reading = readStatementLines(await readFusionExport(bytes(statementCsv)), { currency: 'USD' })
    expect(reading.rows).toMatchObject([
      {
        id: 'BS:4471:900001',
        amount: { amount: '-18240.00' },
        instrument: 'WIRE',
        references: { endToEndId: '0004417' },
        sourceStatus: 'UNRECONCILED',
      },
      {
        id: 'BS:4471:900002',
        amount: { amount: '52010.77' },
        sourceStatus: 'RECONCILED',
        counterparty: { name: 'Oakline Energy, LLC' },
      },
    ])
    expect(reading.warnings).toMatchObject([
      { recordId: '4', message: expect.stringContaining('CRDT nor DBIT') },
      { recordId: '5', message: expect.stringContaining('2026-02-30') },
    ])
  })

  it('of journals are read as CSV, XLSX and XML alike', async () => {
    const columns = [
      'JE_HEADER_ID',
      'JE_LINE_NUM',
      'ENTERED_DR',
      'ENTERED_CR',
      'TRANSACTION_DATE',
      'PAYMENT_REFERENCE_NUMBER',
      'DESCRIPTION',
    ]
    const rows = [
      ['77120', '1', '118204.10', '', '11/20/2026', '0042178', 'Sweep & more'],
      ['77121', '2', '', '4300.00', '11/19/2026', '', ''],
    ]
    const csv = [columns, ...rows].map((row) => row.join(',')).join('\n')
    const sheet = await writeXlsxFile(
      [columns, ...rows].map((row) => row.map((value) => ({ value, type: String }))),
    ).toBuffer()
    const cells = (row: readonly string[]) =>
      row.map((value, index) => `<${columns[index]}>${value.replace('&', '&amp;')}</${columns[index]}>`).join('')
    const xml = `<?xml version="1.0"?><DATA_DS><G_1>${cells(rows[0] ?? [])}</G_1><G_1>${cells(rows[1] ?? [])}</G_1></DATA_DS>`
    for (const file of [bytes(csv), new Uint8Array(sheet), bytes(xml)]) {
      const reading = readLedgerEntries(await readFusionExport(file), { currency: 'USD', dateFormat: 'MM/DD/YYYY' })
      expect(reading.warnings).toEqual([])
      expect(reading.rows).toMatchObject([
        {
          id: 'GL:77120:1',
          amount: { amount: '118204.10' },
          date: '2026-11-20',
          references: { paymentReference: '0042178', description: 'Sweep & more' },
        },
        { id: 'GL:77121:2', amount: { amount: '-4300.00' }, date: '2026-11-19' },
      ])
    }
  })

  it('with a document type or broken XML are refused', async () => {
    await expect(readFusionExport(bytes('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'))).rejects.toMatchObject({
      code: 'FORMAT_INVALID',
    })
    await expect(readFusionExport(bytes('<a><b></a>'))).rejects.toMatchObject({ code: 'FORMAT_INVALID' })
    await expect(readFusionExport(bytes(''))).rejects.toMatchObject({ code: 'FORMAT_INVALID' })
  })
})

function world() {
  const clock = createTestClock()
  const remote = createOracleFusionSimulator()
  const provider = oracleFusion({
    baseUrl: 'https://pod.example',
    authorization: async () => 'Basic x',
    fetch: remote.fetch,
    clock,
  })
  return { clock, remote, provider }
}

const single = { reference: 'RECON-1', bankLineIds: ['BS:4471:900001'], bookEntryIds: ['AP:5501:'] }
const sweep = {
  reference: 'RECON-2',
  bankLineIds: ['BS:4471:900005', 'BS:4471:900006'],
  bookEntryIds: ['GL:77120:1', 'GL:77121:2', 'GL:77122:1'],
}

describe('the reconciliation import', () => {
  it('has one row for every record of every group', () => {
    expect(buildReconciliationImport({ groups: [single, sweep] }, 'x.csv').csv).toBe(
      [
        'EXTERNAL_RECON_REFERENCE,BANK_ACCOUNT_ID,RECON_SOURCE_CODE,SOURCE_ID,SOURCE_LINE_ID',
        'RECON-1,4471,BS,900001,',
        'RECON-1,4471,AP,5501,',
        'RECON-2,4471,BS,900005,',
        'RECON-2,4471,BS,900006,',
        'RECON-2,4471,GL,77120,1',
        'RECON-2,4471,GL,77121,2',
        'RECON-2,4471,GL,77122,1',
        '',
      ].join('\r\n'),
    )
  })

  it.each([
    ['a reference that is too long', { ...single, reference: 'x'.repeat(51) }],
    ['two bank accounts', { ...single, bankLineIds: ['BS:4471:1', 'BS:8830:2'] }],
    ['an id of another system', { ...single, bookEntryIds: ['=cmd|calc'] }],
    ['no entry', { ...single, bookEntryIds: [] }],
    ['a record twice', { ...single, bookEntryIds: ['AP:5501:', 'AP:5501:'] }],
  ])('refuses %s', (_what, group) => {
    expect(() => buildReconciliationImport({ groups: [group] }, 'x.csv')).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    )
  })

  it('is followed to the end of its job', async () => {
    const { remote, provider } = world()
    for (const id of [...single.bankLineIds, ...single.bookEntryIds, ...sweep.bankLineIds, ...sweep.bookEntryIds])
      remote.addRecord(id)
    const receipt = await provider.writeback.confirmMatches?.({ idempotencyKey: 'run-1', groups: [single, sweep] })
    expect(receipt).toMatchObject({ state: 'ACCEPTED', requestId: expect.stringMatching(/^ecid-/) })
    const outcome = () => provider.writeback.readOutcome?.(receipt?.externalId ?? '')
    expect(await outcome()).toEqual({ state: 'ACCEPTED' })
    remote.runJobs()
    expect(await outcome()).toEqual({ state: 'ACCEPTED' })
    remote.runJobs()
    expect(await outcome()).toEqual({ state: 'DONE', externalId: receipt?.externalId })
    expect(remote.reconciled.get('GL:77121:2')).toBe('RECON-2')
  })

  it('names the groups that were left behind', async () => {
    const { remote, provider } = world()
    for (const id of [...single.bankLineIds, ...single.bookEntryIds]) remote.addRecord(id)
    const receipt = await provider.writeback.confirmMatches?.({ idempotencyKey: 'run-1', groups: [single, sweep] })
    remote.runJobs()
    remote.runJobs()
    const outcome = await provider.writeback.readOutcome?.(receipt?.externalId ?? '')
    expect(outcome).toMatchObject({ state: 'FAILED', message: expect.stringContaining('does not exist') })
    expect(new Set(outcome?.state === 'FAILED' ? outcome.failedIds : [])).toEqual(new Set(['RECON-2']))
    expect(remote.reconciled.has('AP:5501:')).toBe(true)
  })

  it('is not sent twice when its answer is lost', async () => {
    const { remote, provider } = world()
    remote.failNext({ kind: 'LOST_AFTER' })
    await expect(
      provider.writeback.confirmMatches?.({ idempotencyKey: 'run-1', groups: [single] }),
    ).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    expect(remote.requests).toHaveLength(1)
  })
})

describe('external cash transactions', () => {
  it('are listed to the end although pages are shorter than asked for', async () => {
    const { remote, provider } = world()
    remote.serverLimit(7)
    for (let id = 1; id <= 40; id++)
      remote.addExternalTransaction({
        id: String(id),
        amount: id === 3 ? '-4.10' : '1.00',
        date: '2026-11-20',
        status: id === 9 ? 'VOID' : 'UNR',
      })
    const seen: string[] = []
    const removed: string[] = []
    let cursor: string | undefined
    do {
      const page = await provider.books.fetchEntries(cursor === undefined ? {} : { cursor })
      seen.push(...page.entries.map((entry) => `${entry.id}${entry.amount.amount}`))
      removed.push(...page.removedEntryIds)
      cursor = page.hasMore ? page.cursor : undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(39)
    expect(seen).toContain('XT:3:-4.10')
    expect(removed).toEqual(['XT:9:'])
  })

  it('read errors that come as plain text', async () => {
    const { remote, provider } = world()
    remote.failNext({
      kind: 'STATUS',
      response: { status: 400, body: 'URL request parameter q cannot be used in this context.' },
    })
    await expect(provider.books.fetchEntries({})).rejects.toMatchObject({
      code: 'PROVIDER_REJECTED',
      message: expect.stringContaining('parameter q'),
    })
  })
})
