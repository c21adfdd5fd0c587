import { type TransactableInput, transactableInputSchema } from '@recon/client'
import {
  allow,
  canonicalJson,
  type Decision,
  missingPermission,
  type Transactable,
  toMinorUnits,
  transactableMachines,
} from '@recon/core'
import { type RecordedEvent, recordActivity } from '../store/activity-chain.ts'
import { sha256 } from '../store/digest.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { transactableColumns } from '../treasury/transactable-rows.ts'

export interface RejectedTransactable {
  readonly index: number
  readonly id: string | null
  readonly code: string
  readonly message: string
}

export interface SavedTransactables {
  readonly created: number
  readonly known: number
  readonly rejected: readonly RejectedTransactable[]
}

interface Told {
  readonly index: number
  readonly told: TransactableInput
  readonly hash: string
}

/** Takes transactables in. Each is judged by itself; the same again is known, other content under a known id is refused. */
export async function saveTransactables(
  unit: UnitOfWork,
  input: { readonly transactables: readonly unknown[] },
): Promise<Decision<SavedTransactables>> {
  const missing = missingPermission(unit.actor, 'item.reconcile', 'TREASURY')
  if (missing) return { ok: false, refusal: missing }
  const rejected: RejectedTransactable[] = []
  const read = input.transactables.flatMap((value, index) => readOne(value, index, rejected))
  const hashes = await knownHashes(unit, read)
  const fresh: Told[] = []
  for (const one of read) {
    const known = hashes.get(one.told.id)
    if (known === undefined) {
      hashes.set(one.told.id, one.hash)
      fresh.push(one)
    } else if (known !== one.hash) {
      rejected.push({
        index: one.index,
        id: one.told.id,
        code: 'RECORD_DUPLICATE_ID',
        message: `The id "${one.told.id}" is taken by one with other content. Raise an event to change its state.`,
      })
    }
  }
  const events: RecordedEvent[] = []
  for (let start = 0; start < fresh.length; start += 500) {
    const part = fresh.slice(start, start + 500).map(({ told, hash }) => {
      const subject = firstState(told)
      events.push(created(unit, subject))
      return transactableColumns(unit.tenantId, told, subject, hash, unit.now)
    })
    await unit.db.insertInto('transactable').values(part).execute()
  }
  if (events.length > 0) unit.announce('transactables')
  await recordActivity(unit, events)
  const known = read.length - fresh.length - rejected.filter((one) => one.code === 'RECORD_DUPLICATE_ID').length
  return allow({ created: fresh.length, known, rejected: rejected.sort((left, right) => left.index - right.index) })
}

function readOne(value: unknown, index: number, rejected: RejectedTransactable[]): Told[] {
  const parsed = transactableInputSchema.safeParse(value)
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
  const refuseIt = (code: string, message: string): Told[] => {
    rejected.push({ index, id: typeof id === 'string' ? id.slice(0, 200) : null, code, message: message.slice(0, 500) })
    return []
  }
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuseIt('RECORD_INVALID', `${issue?.path.join('.') || 'record'}: ${issue?.message ?? 'not valid'}`)
  }
  const told = parsed.data
  const machine = transactableMachines[told.kind]
  if (told.state !== undefined && !Object.hasOwn(machine.states, told.state)) {
    return refuseIt('RECORD_INVALID', `state: a ${told.kind} has no state "${told.state}"`)
  }
  const trouble = amountTrouble(told)
  if (trouble !== undefined) return refuseIt('RECORD_INVALID', trouble)
  return [{ index, told, hash: sha256(canonicalJson(told)) }]
}

function amountTrouble({ amount, bounds }: TransactableInput): string | undefined {
  if (toMinorUnits(amount) === 0n) return 'amount: nothing is expected'
  if (bounds === undefined) return undefined
  const { minimum, maximum } = bounds
  if (minimum.currency !== amount.currency || maximum.currency !== amount.currency)
    return 'bounds: of another currency than the amount'
  const [low, high] = [toMinorUnits(minimum), toMinorUnits(maximum)]
  return low > high || low < 0n !== high < 0n
    ? 'bounds: the minimum is beyond the maximum or of another sign'
    : undefined
}

async function knownHashes(unit: UnitOfWork, read: readonly Told[]): Promise<Map<string, string>> {
  if (read.length === 0) return new Map()
  const rows = await unit.db
    .selectFrom('transactable')
    .select(['id', 'body_hash'])
    .where('tenant_id', '=', unit.tenantId)
    .where(
      'id',
      'in',
      read.map(({ told }) => told.id),
    )
    .execute()
  return new Map(rows.map((row) => [row.id, row.body_hash]))
}

function firstState(told: TransactableInput): Transactable {
  return {
    id: told.id,
    version: 1,
    kind: told.kind,
    state: told.state ?? transactableMachines[told.kind].initial,
    certainty: 'UNRECONCILED',
    amount: told.amount,
    ...(told.bounds === undefined ? {} : { bounds: told.bounds }),
    ...(told.dueBy === undefined ? {} : { dueBy: told.dueBy }),
    overdue: false,
    bankLineIds: [],
  }
}

function created(unit: UnitOfWork, subject: Transactable): RecordedEvent {
  const { state, certainty, overdue, bankLineIds } = subject
  return {
    name: 'treasury.transactable.created',
    at: unit.now,
    actorId: unit.actor.id,
    subject: { kind: 'transactable', id: subject.id },
    version: 1,
    data: {
      changes: { state, certainty, overdue, bankLineIds },
      about: { kind: subject.kind, amount: subject.amount },
    },
  }
}
