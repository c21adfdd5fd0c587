import type { Reason } from '@recon/core'
import { printable } from './text-table.ts'

const shownParameters = 4

/** A reason code as words for a terminal: `NO_CANDIDATE {days: 5}` reads "no candidate (days 5)". Screens have a message table. */
export function reasonWords(reason: Reason): string {
  const words = reason.code.replaceAll(/[_-]/g, ' ').toLowerCase()
  const parameters = Object.entries(reason.params ?? {})
    .slice(0, shownParameters)
    .map(([name, value]) => `${name} ${value}`)
  return printable(parameters.length === 0 ? words : `${words} (${parameters.join(', ')})`)
}
