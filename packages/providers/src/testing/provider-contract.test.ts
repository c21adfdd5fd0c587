import type { ProviderTokens, TokenStore } from '@recon/core'
import { describe, it } from 'vitest'
import { lean } from '../lean/lean.ts'
import { createLeanSimulator } from '../lean/lean-simulator.ts'
import { modernTreasury } from '../modern-treasury/modern-treasury.ts'
import { createModernTreasurySimulator } from '../modern-treasury/modern-treasury-simulator.ts'
import { oracleFusion } from '../oracle-fusion/oracle-fusion.ts'
import { createOracleFusionSimulator } from '../oracle-fusion/oracle-fusion-simulator.ts'
import { quickbooks } from '../quickbooks/quickbooks.ts'
import { createQuickbooksSimulator } from '../quickbooks/quickbooks-simulator.ts'
import { signQuickbooksWebhook } from '../quickbooks/quickbooks-webhook.ts'
import { stripe } from '../stripe/stripe.ts'
import { createStripeSimulator } from '../stripe/stripe-simulator.ts'
import { xero } from '../xero/xero.ts'
import { createXeroSimulator } from '../xero/xero-simulator.ts'
import { type ContractHarness, providerContract } from './provider-contract.ts'
import { createTestClock } from './test-clock.ts'

function keep(first: ProviderTokens): TokenStore {
  let kept = first
  return {
    load: async () => kept,
    save: async (next) => {
      kept = next
    },
  }
}

const secret = 'secret-that-must-not-show'
const times = (count: number, make: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => make(index))

const harnesses: Readonly<Record<string, ContractHarness>> = {
  quickbooks: {
    create: () => {
      const clock = createTestClock()
      const simulator = createQuickbooksSimulator({ clock })
      const issued = simulator.issueTokens()
      const tokens = keep({ ...issued, accessTokenExpiresAt: new Date(clock.now() + 3_000_000).toISOString() })
      const provider = quickbooks({
        realmId: '1',
        clientId: 'c',
        clientSecret: secret,
        tokens,
        homeCurrency: 'USD',
        webhookVerifierToken: secret,
        fetch: simulator.fetch,
        clock,
      })
      simulator.addInvoice({ id: 'i-1', total: '1000.00' })
      return {
        provider,
        simulator,
        now: clock.now,
        secrets: [secret, issued.accessToken, issued.refreshToken],
        addEntries: (count) =>
          times(count, (index) => {
            simulator.addInvoice({ id: `e-${index}`, total: '1.00' })
            return `invoice:e-${index}`
          }),
        invoice: {
          id: 'i-1',
          currency: 'USD',
          balance: () => simulator.invoices.get('i-1')?.balance ?? '',
          livePayments: () =>
            [...simulator.payments.values()].filter((payment) => !payment.deleted && /[1-9]/.test(payment.amount))
              .length,
        },
        webhooks: async () => {
          const event = {
            specversion: '1.0',
            id: 'one',
            source: 'x',
            type: 'qbo.payment.created.v1',
            time: clock.instant(),
            intuitentityid: '1',
            intuitaccountid: '1',
            data: {},
          }
          const body = new TextEncoder().encode(JSON.stringify([event]))
          return [{ body, headers: { 'intuit-signature': await signQuickbooksWebhook(body, secret) } }]
        },
      }
    },
    createMisspelt: () => quickbooks(JSON.parse('{"realm":"1"}')),
  },
  xero: {
    create: () => {
      const clock = createTestClock()
      const simulator = createXeroSimulator({ clock, webhookKey: secret })
      const issued = simulator.issueTokens()
      const tokens = keep({ ...issued, accessTokenExpiresAt: new Date(clock.now() + 1_500_000).toISOString() })
      const provider = xero({
        tenantId: 't',
        clientId: 'c',
        clientSecret: secret,
        tokens,
        homeCurrency: 'USD',
        depositAccount: { code: '090' },
        webhookKey: secret,
        fetch: simulator.fetch,
        clock,
      })
      simulator.addInvoice({ id: 'i-1', total: '1000.00' })
      return {
        provider,
        simulator,
        now: clock.now,
        secrets: [secret, issued.accessToken, issued.refreshToken],
        addEntries: (count) =>
          times(count, (index) => {
            simulator.addInvoice({ id: `e-${index}`, total: '1.00' })
            return `invoice:e-${index}`
          }),
        invoice: {
          id: 'i-1',
          currency: 'USD',
          balance: () => simulator.invoices.get('i-1')?.due ?? '',
          livePayments: () =>
            [...simulator.payments.values()].filter((payment) => payment.status === 'AUTHORISED').length,
        },
        webhooks: () => simulator.takeWebhooks(),
      }
    },
    createMisspelt: () => xero(JSON.parse('{"tenant":"1"}')),
  },
  'modern-treasury': {
    create: () => {
      const clock = createTestClock()
      const simulator = createModernTreasurySimulator({ clock, webhookKey: secret })
      const provider = modernTreasury({
        organizationId: 'o',
        apiKey: secret,
        webhookKey: secret,
        fetch: simulator.fetch,
        clock,
      })
      return {
        provider,
        simulator,
        now: clock.now,
        secrets: [secret],
        addLines: (count) =>
          times(count, (index) => simulator.reportPosted({ amount: 100n + BigInt(index), direction: 'credit' })),
        addEntries: (count) =>
          times(count, (index) => simulator.addExpectedPayment({ amount: 100n + BigInt(index), direction: 'credit' })),
        webhooks: async () => {
          simulator.addPaymentOrder({ amount: 1n, direction: 'credit' })
          return simulator.takeWebhooks()
        },
      }
    },
    createMisspelt: () => modernTreasury(JSON.parse('{"organisationId":"1"}')),
  },
  lean: {
    create: () => {
      const clock = createTestClock()
      const simulator = createLeanSimulator({ clock, webhookSecret: secret })
      const provider = lean({
        clientId: 'c',
        clientSecret: secret,
        baseUrl: 'https://api.example',
        authUrl: 'https://auth.example',
        depositsPath: 'deposits',
        webhookSecret: secret,
        fetch: simulator.fetch,
        clock,
      })
      return {
        provider,
        simulator,
        now: clock.now,
        secrets: [secret],
        addLines: (count) => times(count, () => simulator.deposit({ amount: '1.00' })),
        addEntries: (count) => times(count, (index) => simulator.pay({ amount: '1.00', description: `A${index}` })),
        webhooks: async () => {
          simulator.pay({ amount: '1.00', description: 'A' })
          return simulator.takeWebhooks()
        },
      }
    },
    createMisspelt: () => lean(JSON.parse('{"client":"1"}')),
  },
  stripe: {
    create: () => {
      const clock = createTestClock()
      const webhookSecret = `whsec_${secret}`
      const simulator = createStripeSimulator({ clock, webhookSecret })
      const provider = stripe({ apiKey: secret, webhookSecrets: [webhookSecret], fetch: simulator.fetch, clock })
      return {
        provider,
        simulator,
        now: clock.now,
        secrets: [secret],
        addEntries: (count) =>
          times(count, () => {
            simulator.succeedPayment({ amount: 100n })
            return simulator.createPayout({ automatic: false })
          }),
        webhooks: async () => {
          simulator.succeedPayment({ amount: 1n })
          return simulator.takeWebhooks()
        },
      }
    },
    createMisspelt: () => stripe(JSON.parse('{"key":"1"}')),
  },
  'oracle-fusion': {
    create: () => {
      const clock = createTestClock()
      const simulator = createOracleFusionSimulator()
      const provider = oracleFusion({
        baseUrl: 'https://pod.example',
        authorization: async () => `Basic ${secret}`,
        fetch: simulator.fetch,
        clock,
      })
      return {
        provider,
        simulator,
        now: clock.now,
        secrets: [secret],
        addEntries: (count) => {
          simulator.serverLimit(50)
          return times(count, (index) => {
            simulator.addExternalTransaction({ id: String(index + 1), amount: '1.00', date: '2026-11-20' })
            return `XT:${index + 1}:`
          })
        },
      }
    },
    createMisspelt: () => oracleFusion(JSON.parse('{"pod":"1"}')),
  },
}

for (const [name, harness] of Object.entries(harnesses)) {
  describe(`the provider contract: ${name}`, () => {
    for (const promise of providerContract(harness)) it(promise.name, promise.run)
  })
}
