import * as z from 'zod'
import { ReconError } from '../recon-error.ts'
import { instruments } from '../records/instrument.ts'
import { normalizationSteps } from '../references/normalization-step.ts'
import { type DateWindow, dateWindow, days } from './date-window.ts'
import { decimalLimit, groupPolicy, sweepPolicy } from './group-policy.ts'
import { matchPasses } from './match.ts'

export type { DateWindow }

/** Fields of a bank line that may hold an identifier. `remittanceText` is searched for whole tokens. */
export const lineFields = [
  'endToEndId',
  'checkNumber',
  'bankReference',
  'customerReference',
  'structuredReference',
  'mandateId',
  'batchId',
  'structureId',
  'remittanceText',
] as const
export type LineField = (typeof lineFields)[number]

/** Fields of a book entry that may hold an identifier. `description` is searched for whole tokens. */
export const entryFields = [
  'paymentReference',
  'transactionNumber',
  'documentNumber',
  'checkNumber',
  'batchId',
  'structureId',
  'description',
] as const
export type EntryField = (typeof entryFields)[number]

/** How far apart two amounts may be. Both limits absent: equal to the minor unit. */
const amountTolerance = z.strictObject({
  /** In major units of the compared currency. */
  absolute: decimalLimit.optional(),
  /** A fraction: `0.01` is one percent. */
  fraction: decimalLimit.optional(),
  fractionOf: z.enum(['ENTRY', 'LINE']).default('ENTRY'),
  combine: z.enum(['LARGER', 'SMALLER']).default('LARGER'),
  inclusive: z.boolean().default(true),
  onlySameDay: z.boolean().default(false),
})
export type AmountTolerance = z.infer<typeof amountTolerance>

const identifierRule = z.strictObject({ line: z.enum(lineFields), entry: z.enum(entryFields) })
export type IdentifierRule = z.infer<typeof identifierRule>

const paymentIdentifiers: IdentifierRule[] = [{ line: 'endToEndId', entry: 'paymentReference' }]
const checkIdentifiers: IdentifierRule[] = [
  { line: 'checkNumber', entry: 'transactionNumber' },
  { line: 'checkNumber', entry: 'checkNumber' },
]

/**
 * The identifiers that decide, per instrument (design of the cash management desk). Instruments not listed here use
 * `UNKNOWN`, as do records that name none. Direct debits and sweeps have no confirmed identifier: nothing automatic.
 */
const identifiers = z.partialRecord(z.enum([...instruments, 'UNKNOWN']), z.array(identifierRule)).default({
  WIRE: paymentIdentifiers,
  EFT: paymentIdentifiers,
  CHECK: checkIdentifiers,
  DIRECT_DEBIT: [],
  SWEEP: [],
  UNKNOWN: [
    ...paymentIdentifiers,
    ...checkIdentifiers,
    { line: 'structuredReference', entry: 'paymentReference' },
    { line: 'structuredReference', entry: 'documentNumber' },
  ],
})

const automatic = z.strictObject({
  /** Passes whose unambiguous links need nobody's confirmation. */
  passes: z
    .array(z.enum(matchPasses))
    .default(['SOURCE_CONFIRMED', 'SUPERSESSION', 'IDENTIFIER_EXACT', 'IDENTIFIER_NORMALIZED']),
  /** Instruments never linked automatically. */
  exceptInstruments: z.array(z.enum(instruments)).default(['DIRECT_DEBIT', 'SWEEP']),
  /** Normalization steps that may bridge an automatic link; others only propose. */
  steps: z
    .array(z.enum(normalizationSteps))
    .default([
      'trim',
      'unicode-form',
      'case',
      'whitespace',
      'code-word',
      'punctuation',
      'diacritics',
      'leading-zeros',
      'prefix',
      'strip-front',
      'rail-truncation',
      'check-digit',
      'split-reference',
      'text-token',
    ]),
  /** Shortest identifier, after normalization, that may link automatically. */
  minimumIdentifierLength: z.int().min(1).max(40).default(1),
  /** The entry's date against the line's; outside it an identifier is stale and only proposes. */
  dateWindow: dateWindow.default(days(60, 'ENTRY_FIRST', 10)),
  /** Checks clear late. */
  checkDateWindow: dateWindow.default(days(200, 'ENTRY_FIRST', 5)),
  /** Score in bits above which a scored 1:1 may be automatic; null never. See calibrate-automatic.ts. */
  scoreAbove: z.number().nullable().default(null),
})

const references = z.strictObject({
  /**
   * EVIDENCE weighs references. MUST_AGREE refuses links whose references differ (both empty passes),
   * MUST_BE_SET_AND_AGREE also those without any, CONTAINED asks for the entry's reference as a whole token of the line,
   * FUZZY allows `fuzzyShare` of the characters to differ, REQUIRED_WITHOUT_COUNTERPARTY is MUST_BE_SET_AND_AGREE for lines
   * that name nobody, IGNORE does not look.
   */
  mode: z
    .enum([
      'EVIDENCE',
      'MUST_AGREE',
      'MUST_BE_SET_AND_AGREE',
      'CONTAINED',
      'FUZZY',
      'REQUIRED_WITHOUT_COUNTERPARTY',
      'IGNORE',
    ])
    .default('EVIDENCE'),
  caseSensitive: z.boolean().default(false),
  /** Shortest number that counts as a reference when found in free text. */
  minimumDigits: z.int().min(1).max(20).default(4),
  /**
   * The pipeline of a field, where a provider's field needs another than the whole one: `{ "checkNumber": ["trim"] }` keeps
   * leading zeros apart. Steps run in their own order, whatever the order here. Set both sides of an identifier alike.
   */
  pipelines: z.partialRecord(z.enum([...lineFields, ...entryFields]), z.array(z.enum(normalizationSteps))).default({}),
  /** Line fields searched; all when absent. */
  lineFields: z.array(z.enum(lineFields)).optional(),
  fuzzyShare: z.number().min(0).max(0.5).default(0.15),
  /** Characters to cut from the front, or zeros from the back, of an entry's reference before comparing. */
  stripFront: z.int().min(0).max(40).default(0),
  stripBackZeros: z.boolean().default(false),
  /** Pairs of characters people confuse, `Z/2`. Links bridged by them are proposals. */
  lookalikes: z.array(z.string().regex(/^[^/]\/[^/]$/u)).default(['O/0', 'I/1', 'L/1', 'Z/2', 'A/4', 'S/5', 'B/8']),
  /** Words before a reference that say nothing of it; dropped from the front. */
  prefixes: z
    .array(z.string().min(1).max(20))
    .default([
      'INVOICE',
      'INV',
      'REFERENCE',
      'REF',
      'NUMBER',
      'NO',
      'NR',
      'PAYMENT',
      'PMT',
      'RECHNUNG',
      'RE',
      'RG',
      'FAKTURA',
      'FACTURE',
      'F',
    ]),
  /** Values that mean "none". Compared after normalization. */
  sentinels: z
    .array(z.string().min(1).max(40))
    .default([
      'NONREF',
      'NOTPROVIDED',
      'NOREF',
      'NOREFERENCE',
      'NONE',
      'NA',
      'NULL',
      'UNKNOWN',
      'NOTAVAILABLE',
      'NOTGIVEN',
      '0',
    ]),
})

/** Everything a run depends on, as versioned JSON: store it, compare it, dry-run it. Every field has a default. */
export const matchPolicySchema = z.strictObject({
  version: z.literal(1).default(1),
  name: z.string().max(80).default('default'),
  /** Which side is listed: one item per bank line, or per book entry. */
  perspective: z.enum(['BANK', 'BOOK']).default('BANK'),
  /** Passes that run at all. */
  passes: z.array(z.enum(matchPasses)).default([...matchPasses]),
  identifiers,
  automatic: automatic.prefault({}),
  references: references.prefault({}),
  amounts: z
    .strictObject({
      tolerance: amountTolerance.prefault({}),
      /** An equal identifier with amounts beyond the tolerance: propose it with its difference, or not at all. */
      beyondTolerance: z.enum(['PROPOSE', 'REFUSE']).default('PROPOSE'),
      /** A line larger than its entry is matched whatever the excess, which stays open. */
      acceptOverpayment: z.boolean().default(false),
      /** Share by which a scored proposal without an identifier may be off when the name agrees; `0` keeps to the tolerance. */
      proposalFraction: decimalLimit.default('0'),
    })
    .prefault({}),
  dates: z
    .strictObject({
      /** Candidates that agree by amount alone. */
      amountOnly: dateWindow.default(days(10)),
      /** Candidates whose counterparty agrees too. */
      withName: dateWindow.default(days(150)),
      /** Candidates an identifier names. */
      withReference: dateWindow.default(days(730)),
      /** Candidates a check number names: checks clear late. */
      withCheckNumber: dateWindow.default(days(730)),
    })
    .prefault({}),
  /** CONVERTED compares original (converted) amounts, and only where both sides state one in the same currency. */
  currency: z.enum(['MUST_AGREE', 'CONVERTED', 'IGNORE']).default('MUST_AGREE'),
  /** WHEN_SHARED compares accounts only where both sides use the same names for them. */
  account: z.enum(['WHEN_SHARED', 'MUST_AGREE', 'IGNORE']).default('WHEN_SHARED'),
  counterparty: z.enum(['EVIDENCE', 'MUST_AGREE', 'IGNORE']).default('EVIDENCE'),
  /** Other names of counterparties: as written by the bank, to the name in the books. Compared after normalization. */
  aliases: z.record(z.string(), z.string()).default({}),
  groups: groupPolicy.prefault({}),
  sweep: sweepPolicy.prefault({}),
  duplicates: z
    .strictObject({
      /** Which reading of a duplicate leads: two entries for one line (the default), or two lines for one entry. Both are detected. */
      leadingCase: z.enum(['TWO_ENTRIES', 'TWO_LINES']).default('TWO_ENTRIES'),
      /** Entries of equal amount and counterparty whose references nearly agree are suspects within these days; null never. */
      nearDays: z.int().min(0).max(60).nullable().default(5),
    })
    .prefault({}),
  failedPayments: z
    .strictObject({
      /** Transaction codes of returned items, besides a return code on the line. */
      transactionCodes: z
        .array(z.string())
        .default(['252', '255', '257', '261', '266', '395', '552', '555', '557', '561', '566', '568', 'NRTI']),
      /** Days after a payment in which its return may come. */
      windowDays: z.int().min(1).max(400).default(90),
      /** Direct debits fail too; unconfirmed in the source, so a setting. */
      directDebits: z.boolean().default(true),
    })
    .prefault({}),
  amountVariance: z
    .strictObject({
      /** Codes for which a difference is expected: foreign exchange wires. */
      transactionCodes: z.array(z.string()).default(['514']),
      directDebits: z.boolean().default(false),
    })
    .prefault({}),
  supersession: z
    .strictObject({
      windowDays: z.int().min(0).max(60).default(14),
      /** How far a posted amount may move from its pending one (tips, fuel) without a pointer. */
      amountFraction: decimalLimit.default('0.30'),
    })
    .prefault({}),
  scored: z
    .strictObject({
      /** Candidates kept per subject. */
      candidates: z.int().min(1).max(50).default(5),
      /** Bits below which a candidate is not proposed. */
      minimumScore: z.number().default(0),
      /** Bits the best must lead by to be called clear. */
      minimumMargin: z.number().default(3),
      /** Weight table of match-weights.ts; the built-in one when absent. */
      weights: z.record(z.string(), z.number()).optional(),
    })
    .prefault({}),
  /** Who wins among equals: nobody, or the first or last by date. Never makes an automatic link. */
  tieBreak: z.enum(['NONE', 'OLDEST', 'NEWEST']).default('NONE'),
})

export type MatchPolicy = z.infer<typeof matchPolicySchema>
export type MatchPolicyInput = z.input<typeof matchPolicySchema>

/**
 * A complete policy from a partial one: every absent setting takes its default.
 * @throws ReconError POLICY_INVALID naming the setting
 */
export function matchPolicy(input: MatchPolicyInput = {}): MatchPolicy {
  const parsed = matchPolicySchema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.join('.') ?? ''
  throw new ReconError(
    'POLICY_INVALID',
    `The policy's ${place || 'content'} is not valid: ${issue?.message ?? 'unknown'}.`,
    {
      place,
    },
  )
}

/** Every setting at its default. */
export const defaultPolicy: MatchPolicy = matchPolicy()
