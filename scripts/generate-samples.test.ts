import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (name: string) => readFileSync(join(root, 'examples/workbench/samples', name), 'utf8')

/** Control totals by the rule of the BAI2 reference, written without the product's reader. */
function recomputed(text: string) {
  const records: string[][] = []
  let account = 0
  let file = 0
  let inText = false
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('88,') && inText) continue
    const cells = line.replace(/\/$/, '').split(',')
    if (cells[0] === '03' || line.startsWith('88,')) {
      const fields = cells[0] === '03' ? cells.slice(3) : cells.slice(1)
      for (let index = 1; index < fields.length; index += 4) account += Number(fields[index])
      inText = false
    } else if (cells[0] === '16') {
      account += Number(cells[2])
      inText = true
    } else if (cells[0] === '49') {
      records.push(['49', cells[1] ?? '', String(account)])
      file += account
      account = 0
    } else if (cells[0] === '98' || cells[0] === '99') {
      records.push([cells[0], cells[1] ?? '', String(file)])
    }
  }
  return records
}

describe('sample files', () => {
  it('are what the generator writes', () => {
    expect(() => execFileSync(process.execPath, [join(root, 'scripts/generate-samples.mjs'), '--check'])).not.toThrow()
  })

  it('hold a bank day of at least 400 lines with true control totals', () => {
    const text = read('bank-day.bai2')
    expect(text.split('\n').filter((line) => line.startsWith('16,')).length).toBeGreaterThanOrEqual(400)
    const totals = recomputed(text)
    expect(totals.length).toBe(14)
    for (const [, written, computed] of totals) expect(written).toBe(computed)
  })

  it('count their own records', () => {
    const lines = read('bank-day.bai2').trimEnd().split('\n')
    expect(lines.at(-1)?.split(',')[3]).toBe(`${lines.length}/`)
    expect(lines.at(-2)?.split(',')[3]).toBe(`${lines.length - 2}/`)
  })

  it('tell the same day in both formats', () => {
    const camt = read('bank-day.camt053.xml')
    const bai2 = read('bank-day.bai2')
    const inCamt = [...camt.matchAll(/<AcctSvcrRef>(BR\d+)<\/AcctSvcrRef><BkTxCd>/g)].map((match) => match[1])
    const inBai2 = [...bai2.matchAll(/^16,.*?,(BR\d+),/gm)].map((match) => match[1])
    expect(inCamt).toEqual(inBai2)
  })
})
