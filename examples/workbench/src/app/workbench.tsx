import { createClient } from '@recon/client'
import { PortalScreen, ReconRoot } from '@recon/react/connected'
import { useEffect, useMemo, useState } from 'react'
import { type DeskName, deskClients, deskOfPath } from './desk-client.ts'
import { DeskPage } from './desk-screens.tsx'
import { LanguageChoice, packs, useLanguage, useWords, WordsContext } from './language-choice.tsx'
import { Navigation } from './navigation.tsx'
import { SimulatorPanel, useSimulatorPanel } from './simulators/simulator-panel.tsx'
import { type Theme, ThemeChoice, useTheme } from './theme-choice.tsx'
import { useDeskCounts } from './use-desk-counts.ts'
import { useLiveUpdates } from './use-live-updates.ts'
import { useRoute } from './use-route.ts'
import { useWorkbenchTime } from './use-workbench-time.ts'
import { type Language, workbenchWords } from './workbench-words.ts'

/** The whole app: the systems at the left, the screen of one at the right. Each desk has a client of its own. */
export function Workbench() {
  const { path } = useRoute()
  const [theme, setTheme] = useTheme()
  const [language, setLanguage] = useLanguage()
  const [clients] = useState(deskClients)
  const [visitor] = useState(() => createClient({ url: '/recon' }))
  const appearance = useMemo(() => ({ theme }), [theme])
  const timeZone = useMemo(() => Intl.DateTimeFormat().resolvedOptions().timeZone, [])
  const now = useWorkbenchTime()
  const frame = { appearance, timeZone, now, ...packs[language] }
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = packs[language].messages.direction
  }, [language])
  if (path === '/portal') {
    return (
      <ReconRoot client={visitor} className="wb-portal" {...frame}>
        <PortalScreen />
      </ReconRoot>
    )
  }
  const desk = deskOfPath(path)
  return (
    <WordsContext value={workbenchWords[language]}>
      <ReconRoot key={desk} client={clients[desk]} {...frame}>
        <Frame path={path} desk={desk} theme={theme} onTheme={setTheme} language={language} onLanguage={setLanguage} />
      </ReconRoot>
    </WordsContext>
  )
}

function Frame(props: {
  readonly path: string
  readonly desk: DeskName
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
  readonly language: Language
  readonly onLanguage: (language: Language) => void
}) {
  const { path, desk } = props
  const words = useWords()
  const { counts, refresh } = useDeskCounts(desk)
  const [simulating, toggle] = useSimulatorPanel()
  useLiveUpdates(desk)
  return (
    <div className="wb-shell" data-simulating={simulating || undefined}>
      <a className="wb-skip" href="#screen">
        {words.skip}
      </a>
      <Navigation path={path} counts={counts}>
        <button type="button" className="wb-simulate" lang="en" aria-expanded={simulating} onClick={toggle}>
          Simulators
        </button>
        <LanguageChoice language={props.language} onChange={props.onLanguage} />
        <ThemeChoice theme={props.theme} onChange={props.onTheme} />
        <span>{words.keptHere}</span>
      </Navigation>
      <main className="wb-main" id="screen" tabIndex={-1}>
        <DeskPage path={path} onImported={refresh} />
      </main>
      {simulating ? <SimulatorPanel key={desk} desk={desk} onClose={toggle} /> : null}
    </div>
  )
}
