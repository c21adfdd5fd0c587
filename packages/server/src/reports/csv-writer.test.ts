import { expect, it } from 'vitest'
import { csvLine, number, text } from './csv-writer.ts'

const starts = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '\r=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  ' =1',
  '=HYPERLINK("x")',
  "=cmd|' /C calc'!A0",
]

it.each(starts)('guards the text %j from being a formula', (value) => {
  const cell = csvLine([text(value)]).replace(/\r\n$/, '')
  expect(cell.replace(/^"/, '').startsWith("'")).toBe(true)
})

it.each([
  ['a "quoted", text', '"a ""quoted"", text"'],
  ['two\nlines', '"two\nlines"'],
  ['a;b', '"a;b"'],
  ['a\u0000b', 'ab'],
  ['', ''],
])('writes %j as %j', (value, cell) => {
  expect(csvLine([text(value)])).toBe(`${cell}\r\n`)
})

it('leaves amounts numbers and refuses what is none', () => {
  expect(csvLine([number('-12.50'), number(3), null])).toBe('-12.50,3,\r\n')
  for (const bad of ['=1', '1e5', 'NaN', '1,5', '']) expect(() => csvLine([number(bad)])).toThrow(TypeError)
})
