import { presentFields } from '../present-fields.ts'
import { returnBusinessCodes } from './mt940-transaction-type.ts'

/** What a field 86 (or NS) tells about a line. */
export interface Mt940Information {
  /** German business transaction code, three digits. */
  readonly businessCode?: string
  readonly endToEndId?: string
  readonly customerReference?: string
  readonly mandateId?: string
  readonly batchId?: string
  readonly counterpartyName?: string
  readonly counterpartyAccount?: string
  readonly returnCode?: string
  readonly remittanceText?: string
  /** `EUR49,00` as the keyword gives it. */
  readonly originalAmount?: string
}

/** Reads an information field in whichever structure it has: German/Polish subfields, Dutch tags, or free text. */
export function readInformation(lines: readonly string[]): Mt940Information {
  const whole = lines.join('')
  const structured = structureOf(whole)
  if (structured !== null) return fromSubfields(whole, structured[1], structured[2] ?? '?')
  if (/^\/[A-Z]{2,8}\//.test(whole)) return fromDutch(whole, lines)
  const free = lines.join('\n').trim()
  const code = /^\d{3}(?=[A-Z ])/.exec(whole)?.[0]
  return presentFields<Mt940Information>({
    ...noInformation,
    ...fromKeywords(whole),
    businessCode: code,
    remittanceText: free,
  })
}

/** The business code and the mark of a field in subfields. */
function structureOf(whole: string): RegExpExecArray | null {
  return /^(\d{3})?([^A-Za-z0-9\s/])\d\d/.exec(whole)
}

/** Whether the field is cut into numbered subfields, which leaves no line of its own to a tag. */
export function hasSubfields(firstLine: string): boolean {
  return structureOf(firstLine) !== null
}

/** The NS field of the older format: lines led by two digits, text in 01-14, name in 15 and 16, bank and account in 33 and 34. */
export function readNarrative(lines: readonly string[]): Mt940Information {
  const part = (from: number, to: number, joint: string) =>
    lines
      .filter((line) => /^\d\d/.test(line) && Number(line.slice(0, 2)) >= from && Number(line.slice(0, 2)) <= to)
      .map((line) => line.slice(2))
      .join(joint)
      .trim()
  return presentFields<Mt940Information>({
    ...noInformation,
    remittanceText: part(1, 14, '\n'),
    counterpartyName: part(15, 16, ''),
    counterpartyAccount: part(34, 34, ''),
  })
}

/** Every field absent, to build on. */
export const noInformation = {
  businessCode: undefined,
  endToEndId: undefined,
  customerReference: undefined,
  mandateId: undefined,
  batchId: undefined,
  counterpartyName: undefined,
  counterpartyAccount: undefined,
  returnCode: undefined,
  remittanceText: undefined,
  originalAmount: undefined,
}

function fromSubfields(whole: string, businessCode: string | undefined, mark: string): Mt940Information {
  const fields = subfields(businessCode === undefined ? whole : whole.slice(3), mark)
  const text = (from: number, to: number) => {
    let joined = ''
    for (let number = from; number <= to; number++) joined += fields[number] ?? ''
    return joined
  }
  const purpose = text(20, 29) + text(60, 63)
  const keywords = fromKeywords(purpose)
  const isReturn = businessCode !== undefined && returnBusinessCodes.has(businessCode)
  return presentFields<Mt940Information>({
    ...noInformation,
    ...keywords,
    businessCode,
    counterpartyName: text(32, 33).trim() || keywords.counterpartyName,
    counterpartyAccount: (fields[31] ?? '').trim() || keywords.counterpartyAccount,
    returnCode: isReturn ? (reasonIn(purpose) ?? (fields[34] ?? '').trim()) : undefined,
    remittanceText: keywords.remittanceText ?? (purpose.trim() || (fields[0] ?? '').trim()),
  })
}

/** The text of a field in numbered subfields, joined before it is looked at: keywords are split between them. */
export function purposeOf(whole: string): string {
  const structured = structureOf(whole)
  if (structured === null) return ''
  const fields = subfields(structured[1] === undefined ? whole : whole.slice(3), structured[2] ?? '?')
  return [...fields.slice(20, 30), ...fields.slice(60, 64)].join('')
}

/** `OURS+value` by tag: a value runs to the next known tag. The first mention of a tag counts. */
export function plusTags(text: string, tags: ReadonlySet<string>): Map<string, string> {
  const values = new Map<string, string>()
  let tag: string | undefined
  let from = 0
  const keep = (to: number) => {
    const value = text.slice(from, to).trim()
    if (tag !== undefined && value !== '' && !values.has(tag)) values.set(tag, value)
  }
  for (let at = text.indexOf('+'); at >= 0; at = text.indexOf('+', at + 1)) {
    let found = ''
    for (const each of tags) if (each.length > found.length && text.endsWith(each, at)) found = each
    // `OB+` is a tag, the end of `JOB+` is none.
    if (found === '' || /[A-Z]/.test(text[at - found.length - 1] ?? '')) continue
    keep(at - found.length)
    tag = found
    from = at + 1
  }
  keep(text.length)
  return values
}

/** `?20text?21text` by number; a mark that no two digits follow is text. A number met twice goes on where it stopped. */
function subfields(text: string, mark: string): readonly (string | undefined)[] {
  const fields: (string | undefined)[] = []
  let number = -1
  let from = 0
  const keep = (to: number) => {
    if (number >= 0) fields[number] = (fields[number] ?? '') + text.slice(from, to)
  }
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    const tens = text.charCodeAt(at + 1) - 48
    const ones = text.charCodeAt(at + 2) - 48
    if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) continue
    keep(at)
    number = tens * 10 + ones
    from = at + 3
  }
  keep(text.length)
  return fields
}

function reasonIn(text: string): string | undefined {
  return /\b(A[CGM]\d\d|BE\d\d|M[DS]\d\d|RR\d\d|SL01|RC01|TM01|FF05|CNOR|DNOR|FOCR)\b/.exec(text)?.[1]
}

const keywordPattern = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PREF|RREF|PURP)\+/g

/** SEPA keywords in the joined text; each value ends where the next begins. */
function fromKeywords(text: string): Omit<Mt940Information, 'businessCode'> {
  if (!text.includes('+')) return {}
  const found = [...text.matchAll(keywordPattern)]
  if (found.length === 0) return {}
  const values = new Map<string, string>()
  found.forEach((match, index) => {
    const value = text.slice(match.index + match[0].length, found[index + 1]?.index ?? text.length).trim()
    const keyword = match[1] ?? ''
    if (!values.has(keyword) && value !== '') values.set(keyword, value)
  })
  const reference = (keyword: string) => {
    const value = values.get(keyword)
    return value === undefined || /^NOTPROVIDED$/i.test(value.replace(/ /g, '')) ? undefined : value
  }
  return presentFields<Mt940Information>({
    ...noInformation,
    endToEndId: reference('EREF'),
    customerReference: reference('KREF'),
    mandateId: reference('MREF'),
    batchId: reference('PREF'),
    counterpartyAccount: values.get('IBAN'),
    remittanceText: values.get('SVWZ'),
    originalAmount: values.get('OAMT'),
  })
}

export const dutchTags: ReadonlySet<string> = new Set(
  'TRTP EREF KREF PREF MARF CSID CNTP REMI RTRN ORDP BENM NAME IBAN BIC ID ACCW PURP ISDT ULTB ULTC ULTD BBAN ADDR CITY PY PT OCMT CHGS EXCH BAI ACNO SVCL'.split(
    ' ',
  ),
)

/** `/TRTP/SEPA/IBAN/NL../NAME/..`: a value runs to the next known tag. The first mention of a tag counts. */
export function slashTags(whole: string, known: (tag: string) => boolean): Map<string, string> {
  const values = new Map<string, string>()
  let tag = ''
  let value: string[] = []
  const keep = () => {
    const text = withoutSlashes(value.join('/')).trim()
    if (tag !== '' && text !== '' && !values.has(tag)) values.set(tag, text)
    value = []
  }
  for (const part of whole.split('/')) {
    if (known(part)) {
      keep()
      tag = part
    } else value.push(part)
  }
  keep()
  return values
}

function fromDutch(whole: string, lines: readonly string[]): Mt940Information {
  const values = slashTags(whole, (tag) => dutchTags.has(tag))
  const counterparty = values.get('CNTP')?.split('/') ?? []
  const remittance = values.get('REMI')?.replace(/^(?:USTD|STRD\/CUR)\/{1,2}/, '')
  return presentFields<Mt940Information>({
    ...noInformation,
    endToEndId: provided(values.get('EREF')),
    customerReference: values.get('KREF'),
    mandateId: values.get('MARF'),
    batchId: values.get('PREF'),
    counterpartyName:
      counterparty[2] ?? values.get('NAME') ?? values.get('BENM') ?? values.get('ORDP') ?? values.get('PY'),
    counterpartyAccount: counterparty[0] ?? values.get('IBAN') ?? values.get('BBAN') ?? values.get('ACNO'),
    returnCode: values.get('RTRN'),
    remittanceText: remittance ?? lines.join('\n').trim(),
  })
}

function provided(reference: string | undefined): string | undefined {
  return reference === undefined || /^(?:NOTPROVIDED|NONREF)$/i.test(reference) ? undefined : reference
}

/** Cuts slashes off both ends; by hand, since a pattern would try every slash of a long run. */
function withoutSlashes(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text[start] === '/') start += 1
  while (end > start && text[end - 1] === '/') end -= 1
  return text.slice(start, end)
}
