import { matchReasons } from '@recon/core'
import { describe, expect, it } from 'vitest'
import type { ReasonMessages } from './reason-messages.ts'
import { reasonAr } from './reason-words-ar.ts'
import { reasonDe } from './reason-words-de.ts'
import { reasonEn } from './reason-words-en.ts'
import { reasonFr } from './reason-words-fr.ts'

const packs: Readonly<Record<string, ReasonMessages>> = { ar: reasonAr, de: reasonDe, en: reasonEn, fr: reasonFr }

describe('the reasons of the engine', () => {
  it.each(Object.entries(packs))('all have words in %s', (_locale, words) => {
    expect(Object.keys(matchReasons).filter((code) => !Object.hasOwn(words, code))).toEqual([])
  })
})
