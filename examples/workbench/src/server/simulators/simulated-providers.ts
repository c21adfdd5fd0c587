import type { Provider, ProviderTokens, TokenStore } from '@recon/core'
import { lean } from '@recon/providers/lean'
import { modernTreasury } from '@recon/providers/modern-treasury'
import { oracleFusion } from '@recon/providers/oracle-fusion'
import { quickbooks } from '@recon/providers/quickbooks'
import { stripe } from '@recon/providers/stripe'
import {
  createLeanSimulator,
  createModernTreasurySimulator,
  createOracleFusionSimulator,
  createQuickbooksSimulator,
  createStripeSimulator,
  createWebhookRelay,
  type SimulatorMemory,
  type WebhookRelay,
} from '@recon/providers/testing'
import type { WorkbenchClock } from './workbench-clock.ts'

/** Keys of systems that exist in this process alone. */
const stripeSecret = 'whsec_of_the_simulator'
const verifierToken = 'verifier-token-of-the-simulator'
const leanSecret = 'webhook-secret-of-the-simulator'
const treasuryKey = 'webhook-key-of-the-simulator'
const realmId = '310687'

/** What all simulators have in mind, for the next start. */
export interface SimulatorMemories {
  readonly quickbooks?: SimulatorMemory
  readonly stripe?: SimulatorMemory
  readonly lean?: SimulatorMemory
  readonly treasury?: SimulatorMemory
  readonly fusion?: SimulatorMemory
}

export interface SimulatedProviders {
  readonly simulators: ReturnType<typeof simulatorsOf>
  readonly fusion: ReturnType<typeof oracleFusion>
  readonly lean: ReturnType<typeof lean>
  readonly treasury: ReturnType<typeof modernTreasury>
  /** For `createRecon`. */
  readonly providers: readonly Provider[]
  /** Carries what the simulators raised to the host; each webhook twice, as the real ones sometimes do. */
  readonly relays: (handler: (request: Request) => Promise<Response>) => readonly WebhookRelay[]
  readonly remember: () => SimulatorMemories
}

function simulatorsOf(clock: WorkbenchClock, memories: SimulatorMemories) {
  const resume = (memory: SimulatorMemory | undefined) => (memory === undefined ? {} : { resume: memory })
  return {
    quickbooks: createQuickbooksSimulator({
      clock,
      realmId,
      webhookVerifierToken: verifierToken,
      ...resume(memories.quickbooks),
    }),
    stripe: createStripeSimulator({ clock, webhookSecret: stripeSecret, ...resume(memories.stripe) }),
    lean: createLeanSimulator({ clock, webhookSecret: leanSecret, currency: 'AED', ...resume(memories.lean) }),
    treasury: createModernTreasurySimulator({ clock, webhookKey: treasuryKey, ...resume(memories.treasury) }),
    fusion: createOracleFusionSimulator(resume(memories.fusion)),
  }
}

/** OAuth tokens of the simulated company; a host keeps the real ones encrypted in its own store. */
function tokenStore(first: ProviderTokens): TokenStore {
  let tokens = first
  let queue: Promise<unknown> = Promise.resolve()
  return {
    load: async () => tokens,
    save: async (next) => {
      tokens = next
    },
    exclusively: (work) => {
      const turn = queue.then(work)
      queue = turn.catch(() => undefined)
      return turn
    },
  }
}

/** Every provider the workbench uses, each talking to its simulator in this process: no network, no real account. */
export function simulatedProviders(clock: WorkbenchClock, memories: SimulatorMemories = {}): SimulatedProviders {
  const simulators = simulatorsOf(clock, memories)
  const fusion = oracleFusion({
    baseUrl: 'https://fusion.simulated.example',
    authorization: async () => 'Basic simulated',
    fetch: simulators.fusion.fetch,
    clock,
  })
  const bank = lean({
    clientId: 'simulated',
    clientSecret: 'simulated-secret',
    baseUrl: 'https://lean.simulated.example',
    authUrl: 'https://auth.lean.simulated.example',
    depositsPath: 'deposits',
    webhookSecret: leanSecret,
    fetch: simulators.lean.fetch,
    clock,
  })
  const treasury = modernTreasury({
    organizationId: 'simulated',
    apiKey: 'simulated-key',
    webhookKey: treasuryKey,
    // the sample has a lockbox check of an organization of old
    paperItems: true,
    fetch: simulators.treasury.fetch,
    clock,
  })
  const books = quickbooks({
    realmId,
    clientId: 'simulated',
    clientSecret: 'simulated-secret',
    tokens: tokenStore(simulators.quickbooks.issueTokens()),
    homeCurrency: 'USD',
    environment: 'sandbox',
    webhookVerifierToken: verifierToken,
    fetch: simulators.quickbooks.fetch,
    clock,
  })
  const processor = stripe({
    apiKey: 'sk_test_simulated',
    webhookSecrets: [stripeSecret],
    fetch: simulators.stripe.fetch,
    clock,
  })
  return {
    simulators,
    fusion,
    lean: bank,
    treasury,
    // Fusion takes the links of a whole day in one file, so the desk sends them itself: see fusion-desk.ts.
    providers: [processor, books, bank, readOnly(treasury)],
    relays: (handler) => relaysTo(handler, simulators, clock),
    remember: () => ({
      quickbooks: simulators.quickbooks.remember(),
      stripe: simulators.stripe.remember(),
      lean: simulators.lean.remember(),
      treasury: simulators.treasury.remember(),
      fusion: simulators.fusion.remember(),
    }),
  }
}

/** A provider without its writes. */
function readOnly({ writeback: _writeback, ...roles }: Provider): Provider {
  return roles
}

const desks = { quickbooks: 'collections', stripe: 'collections', lean: 'payments', treasury: 'treasury' } as const
const names = { quickbooks: 'quickbooks', stripe: 'stripe', lean: 'lean', treasury: 'modern-treasury' } as const

function relaysTo(
  handler: (request: Request) => Promise<Response>,
  simulators: SimulatedProviders['simulators'],
  clock: WorkbenchClock,
): WebhookRelay[] {
  return (['stripe', 'quickbooks', 'lean', 'treasury'] as const).map((key) =>
    createWebhookRelay({
      provider: names[key],
      simulator: simulators[key],
      clock,
      copies: 2,
      deliver: async ({ body, headers }) => {
        const url = `http://localhost/recon/webhooks/${names[key]}/${desks[key]}`
        return (await handler(new Request(url, { method: 'POST', body, headers }))).status
      },
    }),
  )
}
