import { createContext, useContext } from 'react'
import { defaultKeyMap, type KeyMap } from '../key-map/key-map.ts'
import { type LocalizedFormat, localizedFormat } from '../localized-format.ts'
import type { Messages } from '../messages/messages.ts'
import { en } from '../messages/messages-en.ts'

export type Density = 'comfortable' | 'compact'

export interface ReconEnvironment {
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly timeZone: string
  readonly density: Density
  readonly messages: Messages
  readonly format: LocalizedFormat
  readonly keyMap: KeyMap
  /** Milliseconds since the epoch; null until the first effect, so that server and browser render the same. */
  readonly now: number | null
  /** Where dialogs, menus and toasts are put. Null until the first effect. */
  readonly portal: HTMLElement | null
}

const fallback: ReconEnvironment = {
  locale: 'en',
  direction: 'ltr',
  timeZone: 'UTC',
  density: 'comfortable',
  messages: en,
  format: /* @__PURE__ */ localizedFormat('en', 'UTC'),
  keyMap: defaultKeyMap,
  now: null,
  portal: null,
}

export const ReconContext = /* @__PURE__ */ createContext<ReconEnvironment>(fallback)

/** Locale, words, formats and clock of the nearest ReconRoot; English and UTC without one. */
export function useRecon(): ReconEnvironment {
  return useContext(ReconContext)
}
