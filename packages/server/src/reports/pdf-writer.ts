/** A line of a PDF page: text cells at positions in points from the left, and how the line looks. */
export interface PdfLine {
  readonly cells: readonly { readonly at: number; readonly text: string; readonly right?: boolean }[]
  readonly size?: number
  readonly bold?: boolean
  /** A rule under the line. */
  readonly ruled?: boolean
  /** Points above the line. */
  readonly above?: number
}

const width = 595.28
const height = 841.89
const margin = 48

/** Helvetica's advance widths per 1000 units of a few classes: exact for digits and marks, which is what is aligned right. */
function textWidth(text: string, size: number): number {
  let units = 0
  for (const letter of text) {
    if ('0123456789$€-'.includes(letter)) units += letter === '-' ? 333 : 556
    else if ('.,: '.includes(letter)) units += 278
    else if (letter >= 'A' && letter <= 'Z') units += 680
    else units += 520
  }
  return (units * size) / 1000
}

/** Characters of Windows-1252 beyond Latin-1, as far as they occur in names and text. */
const beyondLatin: Readonly<Record<string, number>> = {
  '€': 0x80,
  '‚': 0x82,
  '„': 0x84,
  '…': 0x85,
  Š: 0x8a,
  Œ: 0x8c,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  '™': 0x99,
  š: 0x9a,
  œ: 0x9c,
  ž: 0x9e,
  Ÿ: 0x9f,
}

/** A PDF string of the built-in fonts. Characters they do not have become `?`; the CSV of the same report has them. */
function pdfText(text: string): string {
  let out = ''
  for (const letter of text.slice(0, 300)) {
    const point = letter.codePointAt(0) ?? 63
    const code = beyondLatin[letter] ?? ((point >= 32 && point < 127) || (point >= 160 && point < 256) ? point : 63)
    if (code === 40 || code === 41 || code === 92) out += `\\${String.fromCharCode(code)}`
    else out += code < 127 ? String.fromCharCode(code) : `\\${code.toString(8).padStart(3, '0')}`
  }
  return `(${out})`
}

/**
 * A plain document of text and rules: A4, built-in fonts, no time stamp, no random id, so that the same content is the same
 * bytes and has the same hash.
 */
export function writePdf(title: string, lines: readonly PdfLine[]): Uint8Array {
  const pages = paginate(lines).map((page, index, all) => pageContent(page, `${title} · ${index + 1} / ${all.length}`))
  const objects: string[] = []
  const add = (body: string): number => objects.push(body)
  const fonts = ['Helvetica', 'Helvetica-Bold'].map((name) =>
    add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`),
  )
  const parent = fonts.length + pages.length * 2 + 1
  const kids: number[] = []
  for (const content of pages) {
    const stream = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`)
    const resources = `<< /Font << /F1 ${fonts[0]} 0 R /F2 ${fonts[1]} 0 R >> >>`
    kids.push(
      add(
        `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 ${width} ${height}] /Resources ${resources} /Contents ${stream} 0 R >>`,
      ),
    )
  }
  add(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`)
  const catalog = add(`<< /Type /Catalog /Pages ${parent} 0 R >>`)
  const info = add(`<< /Title ${pdfText(title)} /Producer (Recon) >>`)
  return assemble(objects, catalog, info)
}

function paginate(lines: readonly PdfLine[]): PdfLine[][] {
  const pages: PdfLine[][] = [[]]
  let used = 0
  for (const line of lines) {
    const step = (line.size ?? 9) * 1.5 + (line.above ?? 0)
    if (used + step > height - margin * 2 - 20) {
      pages.push([])
      used = 0
    }
    pages.at(-1)?.push(line)
    used += step
  }
  return pages
}

function pageContent(lines: readonly PdfLine[], footer: string): string {
  const parts: string[] = []
  let y = height - margin
  for (const line of lines) {
    const size = line.size ?? 9
    y -= size * 1.5 + (line.above ?? 0)
    for (const cell of line.cells) {
      const x = margin + cell.at - (cell.right === true ? textWidth(cell.text, size) : 0)
      parts.push(
        `BT /${line.bold === true ? 'F2' : 'F1'} ${size} Tf ${x.toFixed(2)} ${y.toFixed(2)} Td ${pdfText(cell.text)} Tj ET`,
      )
    }
    if (line.ruled === true) {
      parts.push(`0.5 w ${margin} ${(y - 3).toFixed(2)} m ${(width - margin).toFixed(2)} ${(y - 3).toFixed(2)} l S`)
    }
  }
  parts.push(`BT /F1 8 Tf ${margin} ${margin - 16} Td ${pdfText(footer)} Tj ET`)
  return parts.join('\n')
}

function assemble(objects: readonly string[], catalog: number, info: number): Uint8Array {
  let text = '%PDF-1.4\n'
  const offsets: number[] = []
  for (const [index, body] of objects.entries()) {
    offsets.push(text.length)
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
  }
  const start = text.length
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
