import type { Client, DepositSourceRow, ItemRow, PlacementDetail } from '@recon/client'
import { placementTotals } from '@recon/core'
import { samplePayments, sampleSource } from '../fixtures/sample-payments.ts'
import { sampleCreditor, samplePlacement, sampleRemittances, sampleStatement } from '../fixtures/sample-placement.ts'
import { sampleStatementLines } from '../fixtures/sample-treasury.ts'

const stamp = '2026-11-20T11:10:00Z'
const never = () => new Promise<never>(() => undefined)
const page = <Row>(rows: readonly Row[]) => ({ rows, nextCursor: null })

const placement = {
  ...samplePlacement,
  rates: [...samplePlacement.rates],
  totals: placementTotals(samplePlacement, sampleRemittances),
  remittances: sampleRemittances.map((row) => ({ ...row, creditorId: samplePlacement.creditorId })),
  whyNot: { recall: { code: 'FORBIDDEN', message: 'This needs one of the roles ADMIN.' } },
} as unknown as PlacementDetail

const source = {
  ...sampleSource,
  provider: 'bank',
  lastFetchedAt: sampleSource.lastFetchedAt ?? null,
  lastTriedAt: sampleSource.lastTriedAt ?? null,
  failure: null,
  stale: false,
} as unknown as DepositSourceRow

const items = samplePayments.map((row) => ({ ...row, runId: 'run-1', updatedAt: stamp }) as ItemRow)

/** Stands in for a backend in stories: answers of the fixture worlds; what a story does not need never answers. */
export function storyClient(over: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): Client {
  const parts: Record<string, Record<string, unknown>> = {
    system: { session: async () => ({ tenantId: 't', actorId: 'mei', roles: ['FINANCE'] }) },
    runs: {
      list: async () => page([{ id: 'run-1' }]),
      get: async () => ({ id: 'run-1', name: 'Payments', matchedAt: stamp }),
      proof: async () => ({ runId: 'run-1', proofs: [] }),
    },
    items: { list: async () => ({ ...page(items), counts: null }), act: never, actOnMany: never },
    records: { bankLines: async () => page([]) },
    activity: { list: async () => page([]) },
    sources: { list: async () => ({ rows: [source] }), act: never },
    exports: { list: async () => page([]), create: never },
    collections: {
      creditors: async () => page([{ id: samplePlacement.creditorId, name: sampleCreditor }]),
      placements: async () => page([placement]),
      placement: async () => placement,
      remittances: async () => ({ ...page(placement.remittances), sums: [] }),
      statements: async () => ({ rows: [sampleStatement] }),
      syncLog: async () => ({ ...page([]), drifts: [] }),
      drifts: async () => page([]),
    },
    treasury: {
      lines: async () =>
        page(
          sampleStatementLines.map(({ matchedWith, supersededBy, ...line }) => ({
            ...line,
            matchedWith: matchedWith.map((label) => ({ id: label, label })),
            supersededBy: supersededBy ?? null,
          })),
        ),
      list: async () => page([]),
    },
  }
  for (const [name, methods] of Object.entries(over)) parts[name] = { ...parts[name], ...methods }
  return parts as unknown as Client
}
