import type { Instrument } from '@recon/core'
import type { BankProfile } from '../bank-profile.ts'
import { bai2CreditCodes, bai2DebitCodes, bai2StatusCodes } from './bai2-code-table.ts'

export interface Bai2TypeCode {
  readonly code: string
  readonly name: string
  readonly level: 'STATUS' | 'SUMMARY' | 'DETAIL' | 'MESSAGE'
  readonly direction: 'CREDIT' | 'DEBIT' | 'NONE'
  readonly instrument: Instrument
  /** False for codes the standard does not list: direction by range, kept as they are. */
  readonly known: boolean
}

const instrumentCodes: Readonly<Partial<Record<Instrument, string>>> = {
  WIRE: '191 195 196 208 214 216 218 266 491 493 495 496 508 514 516 518',
  EFT: '121 122 123 142 143 145 164 165 166 168 169 201 206 257 258 261 421 445 447 452 464 466 468 469 501 506 557 558 561',
  DIRECT_DEBIT: '451 455 462',
  CHECK: '115 116 155 175 176 184 221 222 255 395 435 472 474 475 479 484 522 555 581 597',
  SWEEP: '274 275 276 277 278 574 575 577 578',
  CARD: '147',
  CASH: '295 353 366 595 629 666',
  FEE: '224 398 524 564 567 661 698',
  INTEREST: '242 346 354 359 654 659',
}

const instrumentByCode = new Map<string, Instrument>()
for (const [instrument, codes] of Object.entries(instrumentCodes))
  for (const code of codes.split(' ')) instrumentByCode.set(code, instrument as Instrument)

const table = new Map<string, Bai2TypeCode>()
load(bai2StatusCodes, 'NONE', 'STATUS')
load(bai2CreditCodes, 'CREDIT', 'DETAIL')
load(bai2DebitCodes, 'DEBIT', 'DETAIL')
table.set('890', {
  code: '890',
  name: 'Non-monetary Information',
  level: 'MESSAGE',
  direction: 'NONE',
  instrument: 'OTHER',
  known: true,
})

function load(text: string, direction: Bai2TypeCode['direction'], level: Bai2TypeCode['level']): void {
  for (const entry of text.trim().split(/[|\n]/)) {
    const code = entry.slice(0, 3)
    table.set(code, {
      code,
      name: entry.slice(4),
      level: entry[3] === '~' ? 'SUMMARY' : level,
      direction,
      instrument: instrumentByCode.get(code) ?? 'OTHER',
      known: true,
    })
  }
}

/** The standard's codes in order. */
export const bai2TypeCodes: readonly Bai2TypeCode[] = [...table.values()].sort((a, b) => (a.code < b.code ? -1 : 1))

/**
 * What a type code means: by the bank's profile, then the standard's table, then its ranges (custom codes 900-919 status,
 * 920-959 credit, 960-999 debit). Undefined when it is no three-digit code or its direction cannot be known.
 */
export function bai2TypeCode(code: string, profile?: BankProfile): Bai2TypeCode | undefined {
  const custom = profile?.customCodes === undefined ? undefined : customCode(code, profile.customCodes)
  return custom ?? table.get(code) ?? byRange(code)
}

function customCode(code: string, codes: NonNullable<BankProfile['customCodes']>): Bai2TypeCode | undefined {
  for (const [range, meaning] of Object.entries(codes)) {
    const [first = '', last = first] = range.split('-')
    if (code.length === 3 && code >= first && code <= last)
      return {
        code,
        name: `Bank's own code ${code}`,
        level: 'DETAIL',
        direction: meaning.direction,
        instrument: meaning.instrument ?? 'OTHER',
        known: true,
      }
  }
  return undefined
}

function byRange(code: string): Bai2TypeCode | undefined {
  if (!/^\d{3}$/.test(code)) return undefined
  const number = Number(code)
  const unknown = (level: Bai2TypeCode['level'], direction: Bai2TypeCode['direction']): Bai2TypeCode => ({
    code,
    name: `Unlisted code ${code}`,
    level,
    direction,
    instrument: 'OTHER',
    known: false,
  })
  if (number >= 1 && number <= 99) return unknown('STATUS', 'NONE')
  if (number >= 900 && number <= 919) return unknown('STATUS', 'NONE')
  if ((number >= 100 && number <= 399) || (number >= 920 && number <= 959)) return unknown('DETAIL', 'CREDIT')
  if ((number >= 400 && number <= 699) || (number >= 960 && number <= 999)) return unknown('DETAIL', 'DEBIT')
  return undefined
}
