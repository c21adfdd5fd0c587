import type { Preview } from '@storybook/react-vite'
import { StrictMode } from 'react'
import { ar, type Density, de, en, fr, type Messages, ReconRoot } from '../packages/react/src/index.ts'
import '../packages/react/src/styles.css'
import './preview.css'

const packs: Readonly<Record<string, Messages>> = { en, de, fr, ar }

/** The clock of every story: pictures and ages stay the same. */
const storyClock = () => Date.parse('2026-11-20T11:14:00Z')

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    controls: { expanded: true },
    options: {
      storySort: {
        order: ['Start', 'Cash management', 'Payments desk', 'Bookkeeping', 'Treasury', 'Collections', 'Parts'],
      },
    },
  },
  initialGlobals: { theme: 'light', language: 'en', density: 'comfortable' },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: { icon: 'contrast', items: ['light', 'dark', 'system'], dynamicTitle: true },
    },
    language: {
      description: 'Language',
      toolbar: { icon: 'globe', items: Object.keys(packs), dynamicTitle: true },
    },
    density: {
      description: 'Density',
      toolbar: { icon: 'component', items: ['comfortable', 'compact'], dynamicTitle: true },
    },
  },
  decorators: [
    (Story, { globals, parameters }) => (
      <StrictMode>
        <ReconRoot
          className={parameters.page ? 'story-page' : 'story-frame'}
          messages={packs[String(parameters.language ?? globals.language)] ?? en}
          appearance={{ theme: parameters.theme ?? globals.theme }}
          density={globals.density as Density}
          timeZone="Europe/London"
          now={storyClock}
        >
          <Story />
        </ReconRoot>
      </StrictMode>
    ),
  ],
}

export default preview
