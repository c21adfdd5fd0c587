import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { chromiumLaunchOptions } from '../chromium.mjs'

const launchOptions = await chromiumLaunchOptions().catch(() => ({}))

/** The readers of bank files in a real Chromium: in the page, and in a web worker of it. */
export const readerProject = {
  root: fileURLToPath(new URL('../../packages/formats', import.meta.url)),
  resolve: { conditions: ['recon-source', 'module', 'browser', 'development|production'] },
  // Found when first asked for, a dependency would reload the page in the middle of a test.
  optimizeDeps: { include: ['saxes', 'zod', 'read-excel-file/universal', 'write-excel-file/universal'] },
  test: {
    name: 'reader',
    include: ['src/**/*.browser.test.ts'],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
}
