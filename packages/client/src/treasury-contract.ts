import { type Transactable, transactableKinds } from '@recon/core'
import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoDateSchema, isoInstantSchema, moneySchema } from './money-schema.ts'
import { flagQuery, pageOf, pagingQuery } from './paging-schema.ts'
import { bankLineSchema, bookEntrySchema, counterpartySchema } from './record-schema.ts'
import { activityEventSchema, evidenceSchema, reasonSchema } from './review-item-schema.ts'

export const certainties = [
  'UNRECONCILED',
  'TENTATIVE',
  'PARTIALLY_RECONCILED',
  'RECONCILED',
] as const satisfies readonly Transactable['certainty'][]
const certainty = z.enum(certainties)
const kind = z.enum(transactableKinds)
const bounds = z.strictObject({ minimum: moneySchema, maximum: moneySchema })

/** Transactables of one request. */
export const transactableLimit = 5000

const told = {
  kind,
  /** Signed as on the bank account: money in is positive. */
  amount: moneySchema,
  /** The day it is meant for. */
  date: isoDateSchema,
  references: bookEntrySchema.shape.references,
}

/** A transactable as a host brings it: what it says of itself never changes afterwards. */
export const transactableInputSchema = z.strictObject({
  id: idSchema,
  ...told,
  /** Its state in the host's system; the first state of its kind where absent. */
  state: boundedText(40).exactOptional(),
  /** Any amount between the bounds will do, both included. */
  bounds: bounds.exactOptional(),
  /** The last day it is expected on. */
  dueBy: isoDateSchema.exactOptional(),
  account: boundedText(100).exactOptional(),
  label: boundedText(300).exactOptional(),
  instrument: bookEntrySchema.shape.instrument,
  counterparty: counterpartySchema.exactOptional(),
})
export type TransactableInput = z.output<typeof transactableInputSchema>

export const transactableLinkSchema = z.object({
  bankLineId: z.string(),
  /** The part of the line that is this transactable's. */
  amount: moneySchema,
  /** Who made it: the engine, a person, or the bank by replacing a pending line. */
  madeBy: z.enum(['ENGINE', 'PERSON', 'SUPERSESSION']),
  madeAt: isoInstantSchema,
})

export const transactableSchema = z.object({
  id: z.string(),
  version: z.int(),
  ...told,
  state: z.string(),
  certainty,
  overdue: z.boolean(),
  bounds: bounds.nullable(),
  dueBy: isoDateSchema.nullable(),
  account: z.string().nullable(),
  label: z.string().nullable(),
  instrument: z.string().nullable(),
  counterparty: counterpartySchema.nullable(),
  links: z.array(transactableLinkSchema),
  /** Events of its own machine a person may raise now, such as `approve`, `send` or `archive`. */
  events: z.array(z.string()),
  updatedAt: isoInstantSchema,
})
export type TransactableRow = z.output<typeof transactableSchema>

const lineStateSchema = z.object({
  /** As the bank told it, with its present status; `SUPERSEDED` and `WITHDRAWN` lines stay readable. */
  line: bankLineSchema,
  certainty,
  matchedWith: z.array(z.object({ id: z.string(), kind, label: z.string(), amount: moneySchema })),
  /** The posted line that took its place. */
  supersededBy: z.string().nullable(),
  /** Lines it took the place of. */
  replaces: z.array(z.string()),
  /** Successor minus superseded, where the amount changed. */
  amountChange: moneySchema.nullable(),
})
export type TreasuryLineRow = z.output<typeof lineStateSchema>

const proposalSchema = z.object({
  transactableIds: z.array(z.string()),
  bankLineIds: z.array(z.string()),
  confidence: z.number(),
  reason: reasonSchema,
  evidence: z.array(evidenceSchema),
})

const byId = z.strictObject({ transactableId: idSchema })

export const treasuryContract = {
  save: endpoint({
    summary:
      'Takes in payment orders, expected payments, paper items, returns and incoming payment details. A bad one is refused by itself; one that is known is counted.',
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({
      /** Each is checked by itself. */
      transactables: z.array(z.unknown()).min(1).max(transactableLimit),
    }),
    response: z.object({
      created: z.int(),
      known: z.int(),
      rejected: z.array(z.object({ index: z.int(), id: z.string().nullable(), code: z.string(), message: z.string() })),
    }),
  }),
  list: endpoint({
    summary: 'Transactables with how sure the bank makes us of them, the nearest last day first.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      kind: kind.exactOptional(),
      certainty: certainty.exactOptional(),
      overdue: flagQuery,
      account: boundedText(100).exactOptional(),
      currency: z.string().length(3).exactOptional(),
      search: boundedText(200).exactOptional(),
    }),
    response: pageOf(transactableSchema),
  }),
  summary: endpoint({
    summary: 'How many transactables, and how much money, of each kind and certainty.',
    audience: 'STAFF',
    response: z.object({
      rows: z.array(z.object({ kind, certainty, items: z.int(), overdue: z.int(), amount: moneySchema })),
    }),
  }),
  get: endpoint({
    summary: 'One transactable with the lines it was ever linked with and its history, newest first.',
    audience: 'STAFF',
    params: byId,
    response: z.object({
      row: transactableSchema,
      lines: z.array(lineStateSchema),
      history: z.array(activityEventSchema),
    }),
  }),
  match: endpoint({
    summary:
      'Matches open transactables with pending and posted bank lines. Unambiguous matches are linked; the others come back as proposals.',
    audience: 'STAFF',
    body: z.strictObject({ accounts: z.array(boundedText(100)).max(1000).exactOptional() }),
    response: z.object({
      linked: z.int(),
      tentative: z.int(),
      reconciled: z.int(),
      proposals: z.array(proposalSchema),
    }),
  }),
  link: endpoint({
    summary:
      'Sets the bank lines of a transactable; none takes them back. A line can be shared: name the part that is meant.',
    audience: 'STAFF',
    params: byId,
    body: z.strictObject({
      version: z.int(),
      links: z.array(z.strictObject({ bankLineId: idSchema, amount: moneySchema.exactOptional() })).max(200),
    }),
    response: transactableSchema,
  }),
  move: endpoint({
    summary: "Raises an event of the transactable's own machine: approve, send, cancel, archive and the like.",
    audience: 'STAFF',
    params: byId,
    body: z.strictObject({ version: z.int(), event: boundedText(40).min(1) }),
    response: transactableSchema,
  }),
  lines: endpoint({
    summary: 'Bank lines with what they are matched with and what replaced them, newest first.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      account: boundedText(100).exactOptional(),
      currency: z.string().length(3).exactOptional(),
      status: bankLineSchema.shape.status.exactOptional(),
      from: isoDateSchema.exactOptional(),
      to: isoDateSchema.exactOptional(),
      search: boundedText(200).exactOptional(),
    }),
    response: pageOf(lineStateSchema),
  }),
}
