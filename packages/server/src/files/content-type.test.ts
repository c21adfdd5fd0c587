import { expect, it } from 'vitest'
import { contentRefused } from './content-type.ts'

const text = (value: string) => new TextEncoder().encode(value)
const png = (width: number, height: number) => {
  const bytes = new Uint8Array(32)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  new DataView(bytes.buffer).setUint32(16, width)
  new DataView(bytes.buffer).setUint32(20, height)
  return bytes
}

it.each([
  ['a PDF', text('%PDF-1.4 x'), 'application/pdf', 'a.pdf'],
  ['a PNG', png(10, 10), 'image/png', 'a.PNG'],
  ['a CSV', text('a,b\n1,2\n'), 'text/csv', 'list.csv'],
] as const)('takes %s', (_name, bytes, type, file) => {
  expect(contentRefused(bytes, type, file)).toBeNull()
})

it.each([
  ['HTML named .pdf (E2)', text('<html></html>'), 'application/pdf', 'a.pdf'],
  ['a PDF that is also HTML', text('%PDF-1.4 <html><script>'), 'application/pdf', 'a.pdf'],
  ['a program named like a PDF', text('%PDF-1.4'), 'application/pdf', 'a.pdf.exe'],
  ['an SVG (E1)', text('<svg onload="x">'), 'text/plain', 'a.txt'],
  ['a PNG that says it is a PDF', png(1, 1), 'application/pdf', 'a.pdf'],
  ['a pixel flood (E8)', png(50_000, 50_000), 'image/png', 'a.png'],
  ['binary as text', new Uint8Array([1, 2, 3]), 'text/plain', 'a.txt'],
  ['nothing', new Uint8Array(), 'text/plain', 'a.txt'],
] as const)('refuses %s', (_name, bytes, type, file) => {
  expect(contentRefused(bytes, type, file)).not.toBeNull()
})
