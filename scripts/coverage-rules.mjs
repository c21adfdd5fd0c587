// Branch coverage of the rules that carry money, and of every machine: 100%, or exit 1. Run: pnpm coverage:rules
import { startVitest } from 'vitest/node'

const core = 'packages/core/src'
const files = [
  'money/**',
  'collections/**',
  'proof/**',
  '**/*-machine.ts',
  '**/*-machines.ts',
  'transition-table.ts',
  'subject-change.ts',
  'decision.ts',
  'canonical-content.ts',
  'review/match-decision.ts',
  'review/maker-checker.ts',
  'portal/dispatch.ts',
  'portal/magic-link.ts',
  'portal/portal-session.ts',
  'portal/outbox-message.ts',
  'tentative/certainty.ts',
  'deposits/deposit-source.ts',
  'writeback/writeback-mapping.ts',
]
const tested = [
  'money',
  'collections',
  'proof',
  'review',
  'portal',
  'tentative',
  'deposits',
  'writeback',
  'machine-catalogue.test',
  'transition-table.test',
  'subject-change.test',
  'decision.test',
  'bad-input.test',
]

const vitest = await startVitest(
  'test',
  tested.map((part) => `${core}/${part}`),
  {
    watch: false,
    project: ['node'],
    coverage: {
      enabled: true,
      provider: 'v8',
      include: files.map((file) => `${core}/${file}`),
      reporter: ['text'],
      reportsDirectory: 'coverage/rules',
      thresholds: { branches: 100, lines: 100 },
    },
  },
)
await vitest.close()
