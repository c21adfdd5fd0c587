import { type Client, createClient } from '@recon/client'
import { createRecon, type Recon } from '../create-recon.ts'
import { silentLogger } from '../logger.ts'
import type { ReconOptions } from '../recon-options.ts'
import type { Store } from '../store/store.ts'

export interface Person {
  readonly tenantId: string
  readonly actorId?: string
  readonly roles?: readonly string[]
}

/** A backend for tests whose callers say who they are in a header, and clients for them without a network. */
export interface ReconHarness {
  readonly recon: Recon
  readonly store: Store
  /** What the backend takes for now; set it to move time. */
  readonly clock: { now: string }
  readonly client: (person: Person) => Client
  /** A raw request as that person, under the mount. */
  readonly send: (person: Person | null, path: string, init?: RequestInit) => Promise<Response>
  readonly close: () => Promise<void>
}

export const harnessUrl = 'http://recon.test/recon'

export function reconHarness(store: Store, options: Partial<ReconOptions> = {}): ReconHarness {
  const clock = { now: '2026-11-21T09:00:00.000Z' }
  const recon = createRecon({
    database: store,
    migrate: true,
    authorize: (request) => {
      const person = request.headers.get('x-test-person')
      return person === null ? null : JSON.parse(person)
    },
    ambience: { now: () => clock.now },
    logger: silentLogger,
    ...options,
  })
  const headers = (person: Person) => ({
    'x-test-person': JSON.stringify({
      tenantId: person.tenantId,
      actorId: person.actorId ?? 'ann',
      roles: person.roles ?? ['FINANCE'],
    }),
  })
  return {
    recon,
    store,
    clock,
    client: (person) =>
      createClient({
        url: harnessUrl,
        retries: 0,
        headers: headers(person),
        fetch: (input, init) => recon.handler(new Request(input, init)),
      }),
    send: (person, path, init = {}) =>
      recon.handler(
        new Request(`${harnessUrl}${path}`, {
          ...init,
          headers: { ...(person === null ? {} : headers(person)), ...(init.headers as Record<string, string>) },
        }),
      ),
    close: () => recon.close(),
  }
}
