/** What the writers below put into a file, and a reader must give back. */
export interface WrittenLine {
  /** Minor units of two decimals, signed, not zero. */
  readonly minor: number
  /** Letters and digits. */
  readonly reference: string
  readonly endToEndId: string
  /** Words separated by single blanks. */
  readonly text: string
}

export interface WrittenStatement {
  /** Digits. */
  readonly account: string
  readonly opening: number
  readonly lines: readonly WrittenLine[]
}

const absolute = (minor: number) => Math.abs(minor)
const closingOf = (statement: WrittenStatement) =>
  statement.lines.reduce((sum, line) => sum + line.minor, statement.opening)
const decimal = (minor: number, mark: string) =>
  `${Math.trunc(absolute(minor) / 100)}${mark}${String(absolute(minor) % 100).padStart(2, '0')}`

/** Splits a record over 88 continuations at every comma that `cut` asks for. */
function continued(fields: readonly string[], text: string, cut: (index: number) => boolean): string[] {
  const records: string[] = []
  let open = `16,${fields[0]}`
  fields.slice(1).forEach((field, index) => {
    if (cut(index)) {
      records.push(`${open}/`)
      open = `88,${field}`
    } else open += `,${field}`
  })
  return [...records, `${open},${text}`]
}

export function writeBai2(
  statements: readonly WrittenStatement[],
  cut: (index: number) => boolean = () => false,
): string {
  const out = ['01,BANK,ACME,261121,0800,1,,,2/', '02,ACME,BANK,1,261120,,USD,2/']
  let total = 0
  for (const statement of statements) {
    const records = [`03,${statement.account},,010,${statement.opening},,,015,${closingOf(statement)},,/`]
    let sum = statement.opening + closingOf(statement)
    for (const { minor, reference, endToEndId, text } of statement.lines) {
      sum += absolute(minor)
      const code = minor > 0 ? '195' : '495'
      records.push(
        ...continued([code, String(absolute(minor)), 'V', '261121', '', reference, 'CUST'], text, cut),
        `88,EREF: ${endToEndId}`,
      )
    }
    out.push(...records, `49,${sum},${records.length + 1}/`)
    total += sum
  }
  out.push(`98,${total},${statements.length},${out.length}/`, `99,${total},1,${out.length + 2}/`)
  return out.join('\n')
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const indicator = (minor: number) => `<CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
const money = (minor: number) => `<Amt Ccy="EUR">${decimal(minor, '.')}</Amt>${indicator(minor)}`

export function writeCamt(statements: readonly WrittenStatement[]): string {
  const balance = (code: string, minor: number) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(minor)}<Dt><Dt>2026-11-20</Dt></Dt></Bal>`
  const entry = ({ minor, reference, endToEndId, text }: WrittenLine) =>
    `<Ntry>${money(minor)}<Sts>BOOK</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-21</Dt></ValDt><AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>${endToEndId}</EndToEndId></Refs><RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  const statement = (each: WrittenStatement, index: number) =>
    `<Stmt><Id>${index}</Id><Acct><Id><Othr><Id>${each.account}</Id></Othr></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', each.opening)}${balance('CLBD', closingOf(each))}${each.lines.map(entry).join('\n')}</Stmt>`
  return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>${statements.map(statement).join('\n')}</BkToCstmrStmt></Document>`
}

export function writeMt940(statements: readonly WrittenStatement[]): string {
  const mark = (minor: number) => (minor < 0 ? 'D' : 'C')
  const balance = (minor: number) => `${mark(minor)}261120EUR${decimal(minor, ',')}`
  const wrapped = (text: string) => text.match(/.{1,65}/gs)?.join('\r\n') ?? ''
  return statements
    .map((statement, index) =>
      [
        `:20:REF${index}`,
        `:25:${statement.account}`,
        `:28C:${index + 1}/1`,
        `:60F:${balance(statement.opening)}`,
        ...statement.lines.flatMap(({ minor, reference, endToEndId, text }) => [
          `:61:2611211120${mark(minor)}${decimal(minor, ',')}NTRFNONREF//${reference}`,
          `:86:${wrapped(`166?00TRANSFER?20EREF+${endToEndId}?21SVWZ+${text}`)}`,
        ]),
        `:62F:${balance(closingOf(statement))}`,
        '-',
      ].join('\r\n'),
    )
    .join('\r\n')
}
