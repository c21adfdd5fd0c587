import { type Client, createClient } from '@recon/client'
import { ReconRoot } from '@recon/react/connected'
import { createRecon, type Recon, type ReconOptions } from '@recon/server'
import { cleanup, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'

// jsdom has no pointer capture; a toast asks for it
Element.prototype.hasPointerCapture ??= () => false

/** For what has to travel to a database and back. */
export const patience = { timeout: 10_000 }

const url = 'http://desk.test/recon'
const personHeader = 'x-desk-person'

export interface ServedDesk {
  readonly recon: Recon
  readonly clientOf: (roles: readonly string[]) => Client
  /** Renders a screen over a client of this backend, as a host would. */
  readonly show: (screen: ReactNode, client: Client) => ReturnType<typeof userEvent.setup>
  readonly stop: () => Promise<void>
}

/** A whole backend on an embedded Postgres in memory, whose handler the screens call without a socket. */
export async function serveDesk(options: Partial<ReconOptions> = {}): Promise<ServedDesk> {
  const quiet = () => undefined
  const recon = createRecon({
    database: 'pglite://memory',
    migrate: true,
    authorize: (request) => {
      const roles = request.headers.get(personHeader)
      return roles === null ? null : { tenantId: 'desk', actorId: 'mei', roles: roles.split(' ') }
    },
    logger: { info: quiet, warn: quiet, error: quiet },
    ...options,
  })
  await recon.ready()
  const clientOf = (roles: readonly string[]) =>
    createClient({
      url,
      retries: 0,
      headers: { [personHeader]: roles.join(' ') },
      fetch: async (input, init) => recon.handler(new Request(input, init)),
    })
  return {
    recon,
    clientOf,
    show: (screen, client) => {
      cleanup()
      render(<ReconRoot client={client}>{screen}</ReconRoot>)
      return userEvent.setup()
    },
    stop: async () => {
      cleanup()
      await recon.close()
    },
  }
}

/** The value of a write that must have been allowed. */
export function allowed<Value>(
  answer:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly refusal: { readonly message: string } },
): Value {
  if (answer.ok) return answer.value
  throw new Error(answer.refusal.message)
}
