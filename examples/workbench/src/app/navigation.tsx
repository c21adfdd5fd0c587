import type { MouseEvent, ReactNode } from 'react'
import { useState } from 'react'
import { type DeskCounts, deskSections } from './desk-sections.ts'
import { useWords } from './language-choice.tsx'
import { goTo } from './use-route.ts'

/** A link that changes the address without loading the page again; the middle button and modifiers work as always. */
export function InnerLink(props: {
  readonly to: string
  readonly children: ReactNode
  readonly className?: string
  readonly current?: boolean
  readonly onGo?: () => void
}) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(props.to)
    props.onGo?.()
  }
  return (
    <a href={props.to} className={props.className} aria-current={props.current ? 'page' : undefined} onClick={follow}>
      {props.children}
    </a>
  )
}

/** The five systems at the left; behind a button where the window is narrow. */
export function Navigation(props: {
  readonly path: string
  readonly counts: DeskCounts
  readonly children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const words = useWords()
  return (
    <nav className="wb-nav" aria-label="Workbench" data-open={open || undefined}>
      <div className="wb-brand">
        <InnerLink to="/cash">Recon workbench</InnerLink>
        <button type="button" className="wb-menu" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.menu}
        </button>
      </div>
      <div className="wb-sections">
        {deskSections.map((section) => (
          <section key={section.name} aria-label={words.sections[section.name]}>
            <h2>{words.sections[section.name]}</h2>
            <ul>
              {section.pages.map((page) => (
                <li key={page.path}>
                  <InnerLink
                    to={page.path}
                    current={
                      page.path === props.path || (page.path === '/bookkeeping' && props.path === '/bookkeeping/runs')
                    }
                    onGo={() => setOpen(false)}
                  >
                    <span>{words.pages[page.name]}</span>
                    {page.count === undefined ? null : <Count value={props.counts[page.count]} />}
                  </InnerLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <div className="wb-nav-foot">{props.children}</div>
      </div>
    </nav>
  )
}

function Count({ value }: { readonly value: number | undefined }) {
  return value === undefined ? null : <span className="wb-count">{value.toLocaleString('en')}</span>
}
