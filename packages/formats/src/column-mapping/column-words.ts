import { type ColumnRole, roleTexts } from './column-vocabulary.ts'

/** Letters that do not come apart into a plain one and an accent. */
const plainLetters: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', ł: 'l', đ: 'd', œ: 'oe' }

/** Header text as words: lower case, no accents, one space between. */
export function headerWords(text: string): string {
  return text
    .slice(0, 120)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßøæłđœ]/g, (letter) => plainLetters[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function wordsOf(text: string): readonly string[] {
  return text.split('|').map((entry) => entry.trim())
}

const exactRoles = new Map<string, RoleMatch[]>()
const prefixRoles: { readonly prefix: string; readonly match: RoleMatch }[] = []
for (const role of Object.keys(roleTexts) as ColumnRole[]) {
  for (const [rank, entry] of wordsOf(roleTexts[role]).entries()) {
    const match = { role, rank }
    if (entry.endsWith('*')) prefixRoles.push({ prefix: entry.slice(0, -1), match })
    else exactRoles.set(entry, [...(exactRoles.get(entry) ?? []), match])
  }
}

/** Currency codes and marks in a header say what the column is in, not what it is: `Saldo (CHF)`, `Betrag in EUR`. */
function withoutCurrency(words: string, currencies: ReadonlySet<string>): string {
  const kept = words.split(' ').filter((word) => !currencies.has(word.toUpperCase()))
  return kept.length === 0 ? words : kept.join(' ').replace(/ (?:in|en|em|a|eur)$/, '')
}

export interface RoleMatch {
  readonly role: ColumnRole
  /** 0 for the role's best words; higher is weaker. */
  readonly rank: number
}

/** Every role the header text may name; a text may fit several (`Valuta` is a date or a currency: the cells decide). */
export function rolesOfHeader(text: string, currencies: ReadonlySet<string>): readonly RoleMatch[] {
  const words = headerWords(text)
  if (words === '' || words.length > 80) return []
  const plain = withoutCurrency(words, currencies)
  const found = new Map<ColumnRole, RoleMatch>()
  const prefixed = prefixRoles.filter(({ prefix }) => plain.startsWith(prefix)).map(({ match }) => match)
  for (const match of [...(exactRoles.get(plain) ?? []), ...(exactRoles.get(words) ?? []), ...prefixed]) {
    const known = found.get(match.role)
    if (known === undefined || match.rank < known.rank) found.set(match.role, match)
  }
  return [...found.values()]
}

/** Words for money out and money in, as direction columns hold them. */
export const debitWords: ReadonlySet<string> = new Set(
  wordsOf(
    'd | dr | db | deb | debit | s | soll | belastung | addebito | af | dbit | out | outflow | o | debet | cargo | debito | withdrawal | - | kiadas | uitgave | debited',
  ),
)
export const creditWords: ReadonlySet<string> = new Set(
  wordsOf(
    'c | k | cr | cred | credit | h | haben | gutschrift | accredito | bij | crdt | in | inflow | i | kredit | abono | credito | deposit | + | bevetel | inkomst | credited',
  ),
)

const summaryWords: ReadonlySet<string> = new Set(
  wordsOf(`opening balance | closing balance | start balance | end balance | balance brought forward | balance carried forward | brought forward |
    carried forward | turnover | total | totals | subtotal | sum | summe | saldovortrag | anfangssaldo | endsaldo | schlusssaldo | ubertrag | saldo anterior |
    saldo inicial | saldo final | saldo iniziale | saldo finale | saldo precedente | solde initial | solde final | solde precedent | ancien solde | nouveau solde |
    beginsaldo | eindsaldo | alter kontostand | neuer kontostand | totale | totaal | poczatkowe saldo | koncowe saldo`),
)

const mostSeenTexts = 2000

/** Tells cells that say their row is a balance or a sum, and no movement. One for each table: it remembers repeated texts. */
export function summaryTextTest(): (text: string) => boolean {
  const seen = new Map<string, boolean>()
  return (text) => {
    if (text === '' || text.length > 40) return false
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      // None of the words has a digit, and most cells of a row do.
      if (code >= 48 && code <= 57) return false
    }
    const known = seen.get(text)
    if (known !== undefined) return known
    const summary = summaryWords.has(headerWords(text))
    if (seen.size < mostSeenTexts) seen.set(text, summary)
    return summary
  }
}
