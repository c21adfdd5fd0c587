import { type Refusal, refuse } from '../decision.ts'

/** What a person may be. SYSTEM is the engine and its workers; a host never gives it to a person. */
export const roles = [
  'ADMIN',
  'FINANCE',
  'BOOKKEEPER',
  'SENIOR_ACCOUNTANT',
  'PLATFORM_ADMIN',
  'CLIENT_CONTACT',
  'SYSTEM',
] as const
export type Role = (typeof roles)[number]

/** Who acts. `clientId` is set for a client's contact and limits it to that client. */
export interface Actor {
  readonly id: string
  readonly roles: readonly Role[]
  readonly clientId?: string
}

/** The five systems a desk can belong to. */
export const desks = ['PAYMENTS_DESK', 'TREASURY', 'CASH_MANAGEMENT', 'BOOKKEEPING', 'COLLECTIONS'] as const
export type Desk = (typeof desks)[number]

/** Who may open a desk at all. */
export const deskRoles: Readonly<Record<Desk, readonly Role[]>> = {
  PAYMENTS_DESK: ['ADMIN', 'FINANCE', 'SYSTEM'],
  TREASURY: ['ADMIN', 'FINANCE', 'SYSTEM'],
  CASH_MANAGEMENT: ['ADMIN', 'FINANCE', 'SYSTEM'],
  BOOKKEEPING: ['BOOKKEEPER', 'SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN', 'SYSTEM'],
  COLLECTIONS: ['ADMIN', 'FINANCE', 'SYSTEM'],
}

const staff: readonly Role[] = ['ADMIN', 'FINANCE', 'BOOKKEEPER', 'SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN']
const firm: readonly Role[] = ['BOOKKEEPER', 'SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN']
const finance: readonly Role[] = ['ADMIN', 'FINANCE']

/** The one table of who may do what. A right that is not in a person's row is refused. */
export const permissions = {
  'item.view': [...staff, 'SYSTEM'],
  'item.reconcile': [...staff, 'SYSTEM'],
  'item.reject': staff,
  'item.markUnreceived': staff,
  'item.flag': [...staff, 'SYSTEM'],
  'item.escalate': staff,
  'item.journal': staff,
  'item.revert': [...staff, 'SYSTEM'],
  'item.approve': ['ADMIN', 'SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN'],
  'run.view': [...firm, 'SYSTEM'],
  'run.match': [...firm, 'SYSTEM'],
  'run.dispatch': firm,
  'run.resolve': firm,
  'run.resolveMaterial': ['SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN'],
  'run.complete': firm,
  'period.lock': ['ADMIN', 'SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN'],
  'portal.respond': ['CLIENT_CONTACT'],
  'outbox.resend': [...firm, 'ADMIN', 'SYSTEM'],
  'source.refresh': [...finance, 'SYSTEM'],
  'source.configure': finance,
  'placement.view': [...finance, 'SYSTEM'],
  'placement.recordPayment': [...finance, 'SYSTEM'],
  'placement.reverse': [...finance, 'SYSTEM'],
  'placement.close': finance,
  'remittance.pay': [...finance, 'SYSTEM'],
  'writeback.retry': [...finance, 'SYSTEM'],
  'drift.review': finance,
  'policy.change': ['ADMIN', 'SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Null when the actor has the right (and may open the desk, where one is named); otherwise why not. */
export function missingPermission(actor: Actor, permission: Permission, desk?: Desk): Refusal<'FORBIDDEN'> | null {
  const allowed: readonly Role[] = permissions[permission]
  const counted = desk === undefined ? actor.roles : actor.roles.filter((role) => deskRoles[desk].includes(role))
  if (counted.some((role) => allowed.includes(role))) return null
  const wanted = desk === undefined ? allowed : allowed.filter((role) => deskRoles[desk].includes(role))
  return refuse('FORBIDDEN', `This needs one of the roles ${wanted.join(', ') || 'of another desk'}.`, {
    details: { permission, roles: wanted },
  }).refusal
}
