import * as z from 'zod'
import { dateWindow, days } from './date-window.ts'

/** A limit in major units, or a share: a decimal string without sign or exponent. */
export const decimalLimit = z.string().regex(/^\d{1,15}(?:\.\d{1,10})?$/, 'a decimal string such as "0.50"')

/** How lines and entries are grouped. */
export const groupPolicy = z.strictObject({
  oneToMany: z.boolean().default(true),
  manyToOne: z.boolean().default(true),
  mixedSigns: z.boolean().default(true),
  /** Look for sums; off, only groups the records themselves name are made. */
  search: z.boolean().default(true),
  /** Split an open entry so that a sum fits. */
  partial: z.boolean().default(false),
  /** Largest number of items on the many side found by search; explicit references and batches may be larger. */
  maximumItems: z.int().min(2).max(200).default(8),
  /** Items a search looks at; larger pools are not searched without a reference, batch or counterparty. */
  maximumPool: z.int().min(2).max(5000).default(60),
  /** Bits a sum must carry beyond chance; the built-in limits when null. Lower proposes sums that chance explains as well. */
  minimumBits: z.number().nullable().default(null),
  /** Solutions counted at most. */
  solutionCap: z.int().min(2).max(1000).default(20),
  /** Steps of one search, and of all searches of a run together: what bounds the time, alike on every machine. */
  searchSteps: z.int().min(100).default(200_000),
  totalSteps: z.int().min(1000).default(60_000_000),
  dateWindow: dateWindow.default(days(7)),
  /** Fees netted from a batch: the most the bank total may fall short of the entries' total. */
  fee: z
    .strictObject({ absolute: decimalLimit.optional(), fraction: decimalLimit.optional() })
    .default({ fraction: '0.06' }),
})

/** Which lines are sweep legs. */
export const sweepPolicy = z.strictObject({
  /** Codes that mark a line as a sweep leg, besides the instrument SWEEP. */
  transactionCodes: z.array(z.string()).default(['275', '575']),
  /**
   * 575 is the BAI2 ZBA debit, the mirror leg of the 275 ZBA credit: a normal posted debit that funds another account. It is
   * shown, and left out of the default selection, until this setting includes it.
   */
  include575: z.boolean().default(false),
})
