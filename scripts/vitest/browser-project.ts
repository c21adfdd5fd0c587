import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { chromiumLaunchOptions } from '../chromium.mjs'

/** Where no Chromium is found the project still loads, so that other projects run; its own run then says what is missing. */
const launchOptions = await chromiumLaunchOptions().catch(() => ({}))

/** Other themes: `RECON_STORY_GLOBALS='{"theme":"dark"}' pnpm vitest run --project browser`. */
const initialGlobals: Record<string, unknown> = JSON.parse(process.env.RECON_STORY_GLOBALS ?? '{}')

/** Every story in a real Chromium: it renders, its play function passes, axe finds nothing. */
export const browserProject = {
  plugins: [await storybookTest({ configDir: '.storybook', initialGlobals })],
  test: {
    name: 'browser',
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions }),
      instances: [{ browser: 'chromium' as const, viewport: { width: 1280, height: 860 } }],
    },
  },
}
