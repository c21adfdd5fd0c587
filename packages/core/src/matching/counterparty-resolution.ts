import { nameSimilarity, normalizedName } from '../references/counterparty-name.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import { compareIds } from './id-order.ts'
import { jaroWinkler } from './name-similarity.ts'

export interface KnownParty {
  readonly id: string
  readonly name: string
  readonly iban?: string
  /** A domestic account number. */
  readonly account?: string
}

export interface PartyClue {
  readonly name?: string
  readonly account?: string
  readonly text?: string
}

export interface PartyResolution {
  readonly partyId: string
  readonly by: 'ACCOUNT' | 'NAME' | 'TEXT'
}

/** Shortest name found in a text by itself; shorter ones are ordinary words too often. */
const shortestInText = 4
const strongName = 0.85
const closeSpelling = 0.94

/**
 * Who a line is from or to, among known parties: an equal account decides, then the name (any order of words, legal forms and
 * initials aside), then a name whose every word stands in the text. Undefined when nobody fits or several do equally well.
 * An account that belongs to nobody known does not speak against a name; one that belongs to another party does.
 */
export function resolveCounterparty(clue: PartyClue, parties: readonly KnownParty[]): PartyResolution | undefined {
  const ordered = [...parties].sort((left, right) => compareIds(left.id, right.id))
  const account = canonicalReference(clue.account ?? '')
  if (account !== '') {
    const owners = ordered.filter((party) =>
      [party.iban, party.account].some((known) => known !== undefined && canonicalReference(known) === account),
    )
    if (owners.length > 0) return only(owners, 'ACCOUNT')
  }
  const name = normalizedName(clue.name ?? '')
  if (name !== '') {
    const found = best(ordered, (party) => nameSimilarity(name, normalizedName(party.name)), strongName)
    if (found.length > 0) return only(found, 'NAME')
  }
  const text = ` ${normalizedName(clue.text ?? '')} ${name} `
  const mentioned = best(ordered, (party) => mention(text, normalizedName(party.name)), 1)
  if (mentioned.length > 0) return only(mentioned, 'TEXT')
  const misspelt = best(
    ordered,
    (party) => (name === '' ? 0 : jaroWinkler(name, normalizedName(party.name))),
    closeSpelling,
  )
  if (misspelt.length > 0) return only(misspelt, 'NAME')
  const byFirstWord = best(ordered, (party) => firstWord(text, normalizedName(party.name)), 1)
  return byFirstWord.length > 0 ? only(byFirstWord, 'TEXT') : undefined
}

function only(parties: readonly KnownParty[], by: PartyResolution['by']): PartyResolution | undefined {
  const party = parties[0]
  return party !== undefined && parties.length === 1 ? { partyId: party.id, by } : undefined
}

function best(
  parties: readonly KnownParty[],
  score: (party: KnownParty) => number,
  least: number,
): readonly KnownParty[] {
  let highest = least
  let found: KnownParty[] = []
  for (const party of parties) {
    const value = score(party)
    if (value < highest) continue
    if (value > highest) found = []
    highest = value
    found.push(party)
  }
  return found
}

/** Words many firms begin with; they tell nobody apart. */
const commonWords: ReadonlySet<string> = new Set(
  'AMERICAN BANK CENTRAL CITY DEUTSCHE EURO EUROPE EUROPEAN FIRST GENERAL GLOBAL GROUP INTERNATIONAL NATIONAL NORDIC NORTH PARTNER SERVICE SERVICES SOUTH SUPPLIES SVENSKA SVERIGE SWEDISH SWISS UNITED WORLD'.split(
    ' ',
  ),
)
const shortestFirstWord = 5

/** The length of a name's first word when it is long, uncommon and stands in the text, else 0. */
function firstWord(text: string, name: string): number {
  const word = name.slice(0, Math.max(0, name.indexOf(' ')))
  if (word.length < shortestFirstWord || commonWords.has(word)) return 0
  return text.includes(` ${word} `) ? word.length : 0
}

/** The number of a name's letters when all of its words stand in the text as whole words, else 0: longer names win. */
function mention(text: string, name: string): number {
  if (name.replaceAll(' ', '').length < shortestInText) return 0
  const words = name.split(' ').filter((word) => word.length > 1)
  return words.length > 0 && words.every((word) => text.includes(` ${word} `)) ? name.length : 0
}
