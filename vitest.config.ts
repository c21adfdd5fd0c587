import { defineConfig } from 'vitest/config'
import { browserProject } from './scripts/vitest/browser-project.ts'
import { readerProject } from './scripts/vitest/reader-project.ts'

const resolve = { conditions: ['recon-source'] }
const ssr = { resolve: { conditions: ['recon-source'], externalConditions: ['recon-source'] } }

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'examples/*/src/**/*.test.ts'],
          exclude: ['packages/react/**', '**/*.browser.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'jsdom',
          environment: 'jsdom',
          include: ['packages/react/src/**/*.test.{ts,tsx}', 'examples/*/src/**/*.test.tsx'],
          exclude: ['**/*.browser.test.{ts,tsx}', '**/*.host.test.ts'],
          setupFiles: ['scripts/vitest/jsdom-setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'host',
          environment: 'node',
          include: ['packages/react/src/**/*.host.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      browserProject,
      readerProject,
    ],
  },
})
