import { ReconError } from '@recon/core'
import { createLeanSimulator } from '../lean/lean-simulator.ts'
import { createModernTreasurySimulator } from '../modern-treasury/modern-treasury-simulator.ts'
import { createOracleFusionSimulator } from '../oracle-fusion/oracle-fusion-simulator.ts'
import { createQuickbooksSimulator } from '../quickbooks/quickbooks-simulator.ts'
import { type ProviderClock, systemClock } from '../rate-limit.ts'
import { createStripeSimulator } from '../stripe/stripe-simulator.ts'
import { createXeroSimulator } from '../xero/xero-simulator.ts'
import { jsonResponse, type SimulatedRequest, type SimulatedResponse, type Simulator } from './simulator.ts'
import { createWebhookRelay, type WebhookRelayOptions, webhookHabits } from './webhook-relay.ts'

export const simulatorNames = ['quickbooks', 'oracle-fusion', 'modern-treasury', 'lean', 'stripe', 'xero'] as const
export type SimulatorName = (typeof simulatorNames)[number]

/** The one secret all served simulators sign with; long enough for every provider's options. */
export const simulatorSecret = 'whsec_of-the-served-simulators'

export interface ServeOptions {
  /** All of them where absent. */
  readonly names?: readonly SimulatorName[]
  /** The first port; the others follow. Any free ports where absent. */
  readonly port?: number
  /** Where webhooks go, with `{provider}` in it: `http://localhost:3000/recon/webhooks/{provider}/tenant-1`. */
  readonly webhooks?: string
  /** How often each webhook is delivered although it was accepted. */
  readonly copies?: number
  readonly clock?: ProviderClock
}

export interface ServedSimulator {
  readonly name: SimulatorName
  readonly url: string
  /** What `POST {url}/_simulator/{control}` takes: a JSON array of arguments. */
  readonly controls: readonly string[]
}

export interface ServedSimulators {
  readonly served: readonly ServedSimulator[]
  readonly close: () => Promise<void>
}

type AnySimulator = Simulator & { readonly [control: string]: unknown }

const makers: Readonly<Record<SimulatorName, (clock: ProviderClock) => Simulator>> = {
  quickbooks: (clock) => createQuickbooksSimulator({ clock, webhookVerifierToken: simulatorSecret }),
  'oracle-fusion': () => createOracleFusionSimulator(),
  'modern-treasury': (clock) => createModernTreasurySimulator({ clock, webhookKey: simulatorSecret }),
  lean: (clock) => createLeanSimulator({ clock, webhookSecret: simulatorSecret }),
  stripe: (clock) => createStripeSimulator({ clock, webhookSecret: simulatorSecret }),
  xero: (clock) => createXeroSimulator({ clock, webhookKey: simulatorSecret }),
}

/** What belongs to the process that holds the simulator, not to a person who drives it from outside. */
const inProcess = new Set(['fetch', 'serve', 'takeWebhooks', 'remember'])

/**
 * The simulators as HTTP servers on the loopback interface, each with its controls under `/_simulator` and its webhooks on
 * their way to the host. For tests of hosts that are not written in JavaScript, or that run in another process.
 */
export async function serveSimulators(options: ServeOptions = {}): Promise<ServedSimulators> {
  const clock = options.clock ?? systemClock
  const closings: (() => Promise<void>)[] = []
  const served: ServedSimulator[] = []
  for (const [index, name] of (options.names ?? simulatorNames).entries()) {
    const simulator = makers[name](clock) as AnySimulator
    const controls = Object.keys(simulator).filter((key) => typeof simulator[key] === 'function' && !inProcess.has(key))
    const port = options.port === undefined ? 0 : options.port + index
    const { url, close } = await simulator.serve(port, (request) => control(simulator, controls, request))
    closings.push(close)
    served.push({ name, url, controls })
    if (options.webhooks !== undefined && isHabitual(name) && typeof simulator.takeWebhooks === 'function')
      closings.push(startRelay(name, simulator as unknown as Raising, options.webhooks, clock, options.copies))
  }
  return { served, close: async () => void (await Promise.all(closings.map((close) => close()))) }
}

type Raising = WebhookRelayOptions['simulator']

function isHabitual(name: SimulatorName): name is WebhookRelayOptions['provider'] {
  return name in webhookHabits
}

function startRelay(
  provider: WebhookRelayOptions['provider'],
  simulator: Raising,
  address: string,
  clock: ProviderClock,
  copies = 1,
): () => Promise<void> {
  const url = address.replaceAll('{provider}', provider)
  const relay = createWebhookRelay({
    provider,
    simulator,
    clock,
    copies,
    deliver: async ({ body, headers }) => {
      const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(5000) })
      await answer.body?.cancel()
      return answer.status
    },
  })
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => relay.run()).catch(() => undefined)
  }, 250)
  return async () => {
    clearInterval(timer)
    await running
  }
}

const bigintField = /^-?\d{1,18}n$/

/** Arguments as JSON; minor units, which are bigints in the process, are written `"12500n"`. */
function argumentsOf(text: string): unknown[] {
  const parsed: unknown = JSON.parse(text || '[]', (_key, value) =>
    typeof value === 'string' && bigintField.test(value) ? BigInt(value.slice(0, -1)) : value,
  )
  if (Array.isArray(parsed)) return parsed
  throw new ReconError('REQUEST_INVALID', 'A control takes a JSON array of its arguments.')
}

async function control(
  simulator: AnySimulator,
  controls: readonly string[],
  request: SimulatedRequest,
): Promise<SimulatedResponse> {
  const name = request.url.pathname.split('/').at(-1) ?? ''
  const run = simulator[name]
  if (request.method !== 'POST' || !controls.includes(name) || typeof run !== 'function')
    return jsonResponse({ controls }, request.method === 'GET' ? 200 : 404)
  try {
    const result: unknown = await run(...argumentsOf(request.text))
    return jsonResponse({ result: result === undefined ? null : exactText(result) })
  } catch (error) {
    return jsonResponse({ error: error instanceof Error ? error.message : 'unknown' }, 400)
  }
}

function exactText(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `${part}n` : part)) ?? 'null')
}
