import { parseColumnMapping } from '@recon/formats'
import type { MappingMemory } from '@recon/react'

const prefix = 'recon.mapping.'

/** Mappings kept in this browser. What no longer reads counts as not kept. */
export const columnMemory = {
  load: (key) => {
    const text = localStorage.getItem(prefix + key)
    if (text === null) return undefined
    try {
      return parseColumnMapping(JSON.parse(text))
    } catch {
      return undefined
    }
  },
  save: (key, mapping) => localStorage.setItem(prefix + key, JSON.stringify(mapping)),
  forget: (key) => localStorage.removeItem(prefix + key),
} satisfies MappingMemory
