import { describe, expect, it } from 'vitest'
import { normalizedName } from '../references/counterparty-name.ts'
import { nameLevel } from './name-neighbours.ts'

describe('nameLevel', () => {
  it.each([
    ['Cedar Foods GmbH', 'CEDAR FOODS', 'EXACT'],
    ['Anna Müller', 'MULLER ANNA', 'STRONG'],
    ['Harbour Interiors International Trading', 'HARBOUR INTERIORS INTE', 'STRONG'],
    ['Granite Plumbing', 'GRANITE PLUMBNG', 'STRONG'],
    ['Harbour Supplies 12', 'Harbour Supplies 17', 'CLOSE'],
    ['Ridge Printing', 'Westfield Printing', 'DIFFERENT'],
    ['Cedar Foods', 'Silver Steel', 'DIFFERENT'],
    ['Cedar Foods', '', 'DIFFERENT'],
  ])('%s and %s: %s', (left, right, level) => {
    expect(nameLevel(normalizedName(left), normalizedName(right))).toBe(level)
    expect(nameLevel(normalizedName(right), normalizedName(left))).toBe(level)
  })
})
