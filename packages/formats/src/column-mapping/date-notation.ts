import { dayNumber, type IsoDate, ReconError } from '@recon/core'

/**
 * A date format as people write it: `YYYY-MM-DD`, `DD.MM.YYYY`, `D/M/YY`, `YYYYMMDD`, `DD MMM YYYY`. `D` and `M` take one
 * or two digits wherever a separator follows; `MMM` is a month name in English, German, French, Italian, Spanish, Dutch
 * or Portuguese. A time behind the date is allowed and not read: the date is the one the file states.
 */
export type DateFormat = string

export type DateReader = (text: string) => IsoDate | undefined

const longestDate = 40

const monthNames: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'jan janv january januar janvier gennaio gen enero ene januari janeiro jän jänner',
    'feb febr fév févr february februar février febbraio febrero februari fevereiro fev',
    'mar mär mrz mars march märz marzo maart mrt março',
    'apr avr april avril aprile abril abr',
    'may mai maj mag maggio mayo mei maio',
    'jun juin june juni giugno giu junio junho',
    'jul juil july juli juillet luglio lug julio julho',
    'aug août aou august agosto ago augustus agost',
    'sep sept september septembre settembre set septiembre setembro',
    'oct okt october oktober octobre ottobre ott octubre outubro out',
    'nov november novembre noviembre novembro',
    'dec dez déc dic december dezember décembre dicembre diciembre dezembro',
  ].flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
)

const tokenPattern = /YYYY|YY|MMM|MM|M|DD|D/g
const tokenSources: Readonly<Record<string, string>> = {
  YYYY: '(?<y>\\d{4})',
  YY: '(?<y>\\d{2})',
  MMM: '(?<n>\\p{L}{3,12})\\.?',
  MM: '(?<m>\\d{1,2})',
  M: '(?<m>\\d{1,2})',
  DD: '(?<d>\\d{1,2})',
  D: '(?<d>\\d{1,2})',
}
const timeTail = '(?:[ T,]{1,2}\\d{1,2}[:.hH-]\\d{2}.{0,24})?'

function isoOf(year: number, month: number, day: number): IsoDate | undefined {
  const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return dayNumber(iso) === undefined ? undefined : iso
}

/** Two-digit years as POSIX reads them: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068. */
function fullYear(year: string): number {
  const value = Number(year)
  return year.length === 4 ? value : value >= 69 ? 1900 + value : 2000 + value
}

function readIso(text: string): IsoDate | undefined {
  const plain = text.length === 10 ? text : text.trim()
  if (plain.length === 10) return dayNumber(plain) === undefined ? undefined : plain
  const mark = plain.charCodeAt(10)
  if (plain.length > longestDate || (mark !== 84 && mark !== 32) || !/^\d{2}:\d{2}/.test(plain.slice(11)))
    return undefined
  const date = plain.slice(0, 10)
  return dayNumber(date) === undefined ? undefined : date
}

/**
 * A reader for one format; it returns undefined for text that is not a real date in that format.
 * @throws ReconError CONFIGURATION_INVALID when the format does not name a day, a month and a year exactly once
 */
export function dateReader(format: DateFormat): DateReader {
  if (format === 'YYYY-MM-DD') return readIso
  const tokens = format.match(tokenPattern) ?? []
  const kinds = tokens
    .map((token) => token[0])
    .sort()
    .join('')
  if (kinds !== 'DMY' || !/^[YMD ./,'-]{3,20}$/.test(format)) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      `"${format.slice(0, 30)}" is not a date format. Name day, month and year once each, as in DD.MM.YYYY, MM/DD/YY or YYYYMMDD.`,
    )
  }
  const packed = tokens.join('') === format
  const source = format
    .replaceAll(/[^YMD]/g, (mark) => (mark === ' ' ? '\\s{0,3}' : `\\s?[${mark}]\\s?`))
    .replaceAll(tokenPattern, (token) =>
      packed && token !== 'YYYY' ? (tokenSources[token] ?? '').replace('1,2', '2') : (tokenSources[token] ?? ''),
    )
  // Hungarian dates end in a point; packed dates may be followed by a packed time.
  const tail = packed ? '(?:\\d{6}.{0,20})?' : '\\.?'
  const pattern = new RegExp(`^${source}${tail}${timeTail}$`, 'su')
  return (text) => {
    const parts = text.length > longestDate ? undefined : pattern.exec(text.trim())?.groups
    if (!parts) return undefined
    const month = parts.n === undefined ? Number(parts.m) : (monthNames[parts.n.toLowerCase()] ?? 0)
    return isoOf(fullYear(parts.y ?? ''), month, Number(parts.d))
  }
}
