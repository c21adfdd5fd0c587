import { describe, expect, it } from 'vitest'
import { type PartyClue, resolveCounterparty } from './counterparty-resolution.ts'

const parties = [
  { id: 'p1', name: 'Kontorsbolaget AB' },
  { id: 'p2', name: 'Jackson Ella W.' },
  { id: 'p3', name: 'John Doe & Co.', iban: 'DE02 0000 0003 7165 4115 9' },
  { id: 'p4', name: 'Harbour Supplies East' },
  { id: 'p5', name: 'Harbour Supplies West' },
]

describe('the counterparty of a line', () => {
  it.each<[PartyClue, string | undefined]>([
    [{ account: 'DE020000000371654115 9', name: 'Somebody Else' }, 'p3'],
    [{ name: 'Ella Jackson' }, 'p2'],
    [{ text: 'Betalning Kontorsbolaget' }, 'p1'],
    [{ text: 'Thank you' }, undefined],
    [{ name: 'Harbour Supplies' }, undefined],
    [{ text: 'WEST HARBOUR SUPPLIES 22' }, 'p5'],
    [{}, undefined],
  ])('told by %j is %s', (clue, party) => {
    expect(resolveCounterparty(clue, parties)?.partyId).toBe(party)
  })
})
