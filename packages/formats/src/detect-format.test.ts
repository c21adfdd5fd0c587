import { describe, expect, it } from 'vitest'
import { detectFormat, inspectFormat } from './detect-format.ts'
import { bai2File, camtFile, mt940File, nachaFile } from './testing/bank-files.ts'
import { openCorpus } from './testing/open-corpus.ts'

describe('detectFormat', () => {
  it.each([
    ['bai2', bai2File],
    ['bai2', bai2File.slice(bai2File.indexOf('16,'))],
    ['camt.053', camtFile],
    ['camt.053', `\ufeff\n${camtFile}`],
    ['camt.052', '<?xml version="1.0"?><d:Document xmlns:d="x"><d:BkToCstmrAcctRpt>'],
    ['camt.054', '<Document><BkToCstmrDbtCdtNtfctn>'],
    ['mt940', mt940File],
    ['mt940', mt940File.slice(mt940File.indexOf(':20:'))],
    ['mt942', ':20:A\r\n:25:B\r\n:28C:1\r\n:34F:EURD0,\r\n'],
    ['nacha', nachaFile],
    ['nacha', nachaFile.slice(95)],
    ['ofx', 'OFXHEADER:100\nDATA:OFXSGML\n\n<OFX>'],
    ['ofx', '<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX>'],
    ['qif', '!Type:Bank\nD01/02/2026\n'],
    ['csv', 'id;amount\n1;2\n'],
    ['xlsx', 'PK\u0003\u0004'],
  ])('knows %s by its content', (format, text) => {
    expect(detectFormat(text)).toBe(format)
    expect(detectFormat(new TextEncoder().encode(text))).toBe(format)
  })

  it('knows UTF-16 by its byte order mark', () => {
    const wide = new Uint8Array(
      new Uint16Array([0xfeff, ...[...mt940File].map((letter) => letter.charCodeAt(0))]).buffer,
    )
    expect(detectFormat(wide)).toBe('mt940')
  })

  it.each([
    ['%PDF-1.4', 'PDF'],
    ['<!DOCTYPE html><html>', 'web page'],
    ['<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">', 'pain.001'],
    ['<note/>', 'XML'],
  ])('names what it does not read: %s', (text, name) => {
    const found = inspectFormat(text)
    expect(found.kind).toBe('unsupported')
    expect(found.kind === 'unsupported' ? found.name : '').toContain(name)
  })

  it('says nothing of noise', () => {
    expect(inspectFormat('').kind).toBe('empty')
    expect(inspectFormat(' \n ').kind).toBe('empty')
    expect(inspectFormat('hello').kind).toBe('unknown')
    expect(detectFormat(Uint8Array.from([1, 2, 3, 0]))).toBeUndefined()
  })

  it.skipIf(openCorpus('bai2') === undefined)(
    'knows every sound corpus file (skipped where there is no corpus)',
    () => {
      const wrong: string[] = []
      for (const folder of ['bai2', 'camt', 'mt940', 'nacha', 'ofx', 'qif', 'csv', 'xlsx'])
        for (const file of openCorpus(folder) ?? []) {
          const found = detectFormat(file.bytes)
          const right =
            found !== undefined &&
            (found === folder || found.startsWith(folder) || (folder === 'mt940' && found === 'mt942'))
          // One of the XLSX files is text under a spreadsheet's name.
          const text = folder === 'xlsx' && found === 'csv'
          if (file.expect === 'parse' && !right && !text) wrong.push(`${file.file}: ${found}`)
        }
      expect(wrong).toEqual([])
    },
  )
})
