import type { ReactNode } from 'react'

/** What scrolls sideways must be reachable by keyboard, or a wide table is cut off for those without a mouse (WCAG 2.1.1). */
const reachable = { tabIndex: 0 } as const

/** A card around something wider than the screen. */
export function ScrollRegion({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className="recon-card recon-scroll" aria-label={label} {...reachable}>
      {children}
    </section>
  )
}
