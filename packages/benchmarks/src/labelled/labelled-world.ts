import { addDays, type BankLine, type BookEntry, fromMinorUnits, type IsoDate } from '@recon/core'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/**
 * What must become of a label's records. AUTO: one automatic link. LINK: linked, automatically or as first proposal. REVIEW: the
 * same, and never automatic. DUPLICATE and FAILED: found as such, never automatic. NONE: no link is right.
 */
export type Expectation = 'AUTO' | 'LINK' | 'REVIEW' | 'DUPLICATE' | 'FAILED' | 'NONE'

export interface Label {
  readonly kind: string
  readonly expect: Expectation
  readonly bank: readonly string[]
  readonly ledger: readonly string[]
  /** Twins: any pairing of the label's lines with its entries is right, one to one. */
  readonly anyPairing?: boolean
}

type Loose<Row, Rest extends string> = Partial<Omit<Row, 'id' | 'amount' | 'status' | Rest>>
export type LineDraft = Loose<BankLine, 'bookingDate'> & {
  readonly minor: number
  readonly day: number
  readonly currency?: string
  readonly status?: BankLine['status']
}
export type EntryDraft = Loose<BookEntry, 'date'> & {
  readonly minor: number
  readonly day: number
  readonly currency?: string
}

const firstWords =
  'Harbour Northern Silver Maple Granite Coastal Prime Atlas Cedar Summit Delta Orion Willow Falcon Amber Pioneer Crescent Evergreen Horizon Quartz Juniper Lakeside Meridian Nimbus Oakwood Pacific Ridge Sterling Tidal Union Vertex Westfield Zenith Borealis Castle Drummond Ellison Fairview Gresham Hawthorn'.split(
    ' ',
  )
const secondWords =
  'Supplies Logistics Trading Foods Systems Textiles Energy Consulting Printing Motors Dairy Timber Steel Pharma Catering Media Garden Packaging Freight Optics Plumbing Interiors Software Minerals Bakery Apparel Electric Marine Robotics Ceramics'.split(
    ' ',
  )
const forms = ['Ltd', 'GmbH', 'Inc', 'LLC', 'S.A.', 'BV', 'AG', '']
const people =
  'Anna Müller,Jørgen Hansen,Maria da Silva,José García,Li Wei,Fatima Al-Sayed,John Smith,Mary Johnson,Peter Novák,Zoë Dubois,Liam O’Brien,Olga Petrova,Hiroshi Tanaka,Priya Patel,Kwame Mensah,Sofia Rossi'.split(
    ',',
  )

/** The growing data set of one seed: records, and what is true of them. */
export class LabelledWorld {
  readonly random: SeededRandom
  readonly lines: BankLine[] = []
  readonly entries: BookEntry[] = []
  readonly labels: Label[] = []
  readonly #days: number
  readonly #accounts: readonly string[]
  #lineCount = 0
  #entryCount = 0
  #references = 0
  readonly #start: IsoDate = '2026-03-02'

  constructor(seed: number, days: number, accounts = ['4000112233', '4000112244']) {
    this.random = seededRandom(seed)
    this.#days = days
    this.#accounts = accounts
    this.#references = this.random.between(100_000, 300_000)
  }

  line(draft: LineDraft): string {
    const { minor, day, currency = 'USD', status = 'POSTED', ...rest } = draft
    const id = `B${String(100_000 + this.#lineCount++)}`
    this.lines.push({
      references: {},
      ...rest,
      id,
      status,
      bookingDate: this.date(day),
      amount: fromMinorUnits(BigInt(minor), currency),
    })
    return id
  }

  entry(draft: EntryDraft): string {
    const { minor, day, currency = 'USD', ...rest } = draft
    const id = `L${String(500_000 + this.#entryCount++)}`
    this.entries.push({
      kind: 'GL_ENTRY',
      references: {},
      ...rest,
      id,
      date: this.date(day),
      amount: fromMinorUnits(BigInt(minor), currency),
    })
    return id
  }

  label(
    kind: string,
    expect: Expectation,
    bank: readonly string[],
    ledger: readonly string[],
    anyPairing = false,
  ): void {
    this.labels.push({ kind, expect, bank, ledger, ...(anyPairing ? { anyPairing } : {}) })
  }

  /** A day of the period, as an offset from its start. */
  day(): number {
    return this.random.between(0, this.#days - 1)
  }

  date(day: number): IsoDate {
    return addDays(this.#start, day)
  }

  account(): string {
    return this.random.pick(this.#accounts)
  }

  /** Minor units of a payment: mostly odd, sometimes round, spread over four magnitudes. */
  amount(): number {
    const magnitude = 10 ** (3 + this.random.next() * 4)
    const minor = Math.round(magnitude * (1 + this.random.next() * 8))
    if (this.random.chance(0.12)) return Math.max(1000, Math.round(minor / 1000) * 1000)
    if (this.random.chance(0.1)) return Math.max(10_000, Math.round(minor / 10_000) * 10_000)
    return minor
  }

  signed(): number {
    return this.random.chance(0.5) ? this.amount() : -this.amount()
  }

  company(): string {
    const { random } = this
    const base = `${random.pick(firstWords)} ${random.pick(secondWords)}`
    const numbered = random.chance(0.15) ? `${base} ${random.between(2, 99)}` : base
    return `${numbered} ${random.pick(forms)}`.trim()
  }

  name(): string {
    return this.random.chance(0.25) ? this.random.pick(people) : this.company()
  }

  /** A fresh reference in one of the shapes books use. Numbers run on, so that neighbours differ by little. */
  reference(): string {
    this.#references += this.random.between(1, 9)
    const number = this.#references
    switch (this.random.between(0, 6)) {
      case 0:
        return `INV-2026-${number}`
      case 1:
        return `PR${String(number).padStart(10, '0')}`
      case 2:
        return `${number}`
      case 3:
        return `AP/${number}/${this.random.between(10, 99)}`
      case 4:
        return `E2E${this.random.between(1000, 9999)}${number}`
      case 5:
        return `PAY${number}X${this.random.between(100, 999)}`
      default:
        return `RE-${number}`
    }
  }
}

/** A name as a bank shows it: capitals, cut at a rail's length, words turned round, an accent or a letter lost. */
export function bankName(random: SeededRandom, name: string): string {
  const capitals = random.chance(0.7) ? name.toUpperCase() : name
  switch (random.between(0, 9)) {
    case 0:
      return capitals.slice(0, 22)
    case 1:
      return capitals.slice(0, 18)
    case 2:
      return capitals.split(' ').reverse().join(' ')
    case 3:
      return capitals.normalize('NFD').replace(/\p{M}/gu, '')
    case 4: {
      const at = random.between(1, Math.max(1, capitals.length - 2))
      return capitals.slice(0, at) + capitals.slice(at + 1)
    }
    default:
      return capitals
  }
}
