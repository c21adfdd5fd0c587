import { type Actor, ReconError, type Role, roles } from '@recon/core'
import * as z from 'zod'

/** Who the host says is calling. */
export interface Caller {
  readonly tenantId: string
  readonly actorId: string
  readonly roles: readonly string[]
}

/** The host's own sign-in: a caller, or null when nobody is signed in. Called for every staff request. */
export type Authorize = (request: Request) => Promise<Caller | null> | Caller | null

const callerSchema = z.object({
  tenantId: z.string().min(1).max(200),
  actorId: z.string().min(1).max(200),
  roles: z.array(z.string().max(50)).max(50),
})

/**
 * The caller as an actor. Roles that are not ours are ignored; SYSTEM and CLIENT_CONTACT are never a host's to give.
 * @throws ReconError UNAUTHENTICATED, CONFIGURATION_INVALID
 */
export async function readCaller(authorize: Authorize, request: Request): Promise<{ tenantId: string; actor: Actor }> {
  const answer = await authorize(request)
  if (answer === null) throw new ReconError('UNAUTHENTICATED', 'Sign in first.')
  const parsed = callerSchema.safeParse(answer)
  if (!parsed.success) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      'authorize() must give { tenantId, actorId, roles } with non-empty ids, or null.',
      { place: 'authorize' },
    )
  }
  const { tenantId, actorId } = parsed.data
  const own = parsed.data.roles.filter(
    (role): role is Role =>
      (roles as readonly string[]).includes(role) && role !== 'SYSTEM' && role !== 'CLIENT_CONTACT',
  )
  return { tenantId, actor: { id: actorId, roles: own } }
}
