import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { defaultKeyMap, type KeyMap } from '../key-map/key-map.ts'
import { localizedFormat } from '../localized-format.ts'
import type { Messages } from '../messages/messages.ts'
import { en } from '../messages/messages-en.ts'
import { useBrowserLayoutEffect } from '../parts/browser-layout-effect.ts'
import { type Density, ReconContext, type ReconEnvironment } from './recon-context.ts'

export interface Appearance {
  /** `system` follows the reader's setting. */
  readonly theme?: 'light' | 'dark' | 'system'
  /** CSS custom properties, for example `{ '--recon-accent': '#0a7' }`. Set through the DOM, so a strict CSP allows them. */
  readonly variables?: Readonly<Record<`--recon-${string}`, string>>
}

export interface ReconRootProps {
  readonly children?: ReactNode
  /** BCP 47 tag for numbers and dates; the message pack's own where absent. */
  readonly locale?: string
  /** A complete pack (`en`, `de`, `fr`, `ar`, or the host's own). English where absent. */
  readonly messages?: Messages
  readonly appearance?: Appearance
  /** IANA zone for moments; UTC where absent, so that server and browser agree. Dates have no zone. */
  readonly timeZone?: string
  readonly density?: Density
  /** Replaces the keys of single commands. */
  readonly keyMap?: Partial<KeyMap>
  /** Where dialogs and toasts are put; inside the root where absent. */
  readonly portalContainer?: HTMLElement | null
  /** The clock, for tests and pictures. */
  readonly now?: () => number
  readonly className?: string
}

const systemClock = () => Date.now()

/** The frame every component stands in: words, formats, theme, density and the place for dialogs. */
export function ReconRoot(props: ReconRootProps) {
  const { appearance, messages = en, timeZone = 'UTC', density = 'comfortable', portalContainer } = props
  const locale = props.locale ?? messages.locale
  const frame = useRef<HTMLDivElement>(null)
  const [ownPortal, setOwnPortal] = useState<HTMLDivElement | null>(null)
  const now = useClock(props.now ?? systemClock)
  useVariables(frame, appearance?.variables)
  const keyMap = useMemo(() => ({ ...defaultKeyMap, ...props.keyMap }), [props.keyMap])
  const format = useMemo(() => localizedFormat(locale, timeZone), [locale, timeZone])
  const environment = useMemo<ReconEnvironment>(
    () => ({
      locale,
      direction: messages.direction,
      timeZone,
      density,
      messages,
      format,
      keyMap,
      now,
      portal: portalContainer ?? ownPortal,
    }),
    [locale, messages, timeZone, density, format, keyMap, now, portalContainer, ownPortal],
  )
  const theme = appearance?.theme ?? 'system'
  const className = props.className === undefined ? 'recon-root' : `recon-root ${props.className}`
  return (
    <div
      ref={frame}
      className={className}
      data-theme={theme}
      data-density={density}
      dir={messages.direction}
      lang={locale}
    >
      <ReconContext.Provider value={environment}>{props.children}</ReconContext.Provider>
      <div ref={setOwnPortal} className="recon-portal" />
    </div>
  )
}

/** Ticks once a minute; null on the server and in the first render. */
function useClock(now: () => number): number | null {
  const [time, setTime] = useState<number | null>(null)
  useEffect(() => {
    setTime(now())
    const timer = setInterval(() => setTime(now()), 60_000)
    return () => clearInterval(timer)
  }, [now])
  return time
}

function useVariables(frame: RefObject<HTMLElement | null>, variables: Appearance['variables']): void {
  useBrowserLayoutEffect(() => {
    const element = frame.current
    if (element === null || variables === undefined) return
    for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value)
    return () => {
      for (const name of Object.keys(variables)) element.style.removeProperty(name)
    }
  }, [frame, variables])
}
