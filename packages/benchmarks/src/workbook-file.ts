import { crc32 } from 'node:zlib'

/** A bank statement as a workbook, about as many megabytes of XML as asked; stored, so that its size is that of the XML. */
export function workbookFile(megabytes: number): Uint8Array {
  const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
  const header = ['id', 'bookingDate', 'amount', 'currency', 'counterpartyName']
  const rows = [`<row r="1">${header.map((name, index) => cell(`${'ABCDE'[index]}1`, name)).join('')}</row>`]
  for (let written = 0, row = 2; written < megabytes * 1e6; row++) {
    const text = `<row r="${row}">${cell(`A${row}`, `L${row}`)}${cell(`B${row}`, '2026-11-20')}<c r="C${row}"><v>-${row}.5</v></c>${cell(`D${row}`, 'USD')}${cell(`E${row}`, `Customer ${row}`)}</row>`
    written += text.length
    rows.push(text)
  }
  const office = 'http://schemas.openxmlformats.org'
  return storedZip({
    '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="Bank" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  })
}

/** A ZIP file whose parts are stored as they are (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
function storedZip(parts: Readonly<Record<string, string>>): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const title = Buffer.from(name)
    const body = Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    const figures = Buffer.alloc(12)
    figures.writeUInt32LE(crc32(body), 0)
    figures.writeUInt32LE(body.length, 4)
    figures.writeUInt32LE(body.length, 8)
    figures.copy(local, 14)
    local.writeUInt16LE(title.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    central.writeUInt16LE(20, 6)
    figures.copy(central, 16)
    central.writeUInt16LE(title.length, 28)
    central.writeUInt32LE(offset, 42)
    bodies.push(local, title, body)
    directory.push(central, title)
    offset += 30 + title.length + body.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length / 2, 8)
  end.writeUInt16LE(directory.length / 2, 10)
  end.writeUInt32LE(
    directory.reduce((size, part) => size + part.length, 0),
    12,
  )
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}
