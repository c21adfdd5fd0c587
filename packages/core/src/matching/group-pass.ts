import { groupBatches } from './batch-groups.ts'
import { groupCardDays } from './card-days.ts'
import type { MatchingPass } from './matching-context.ts'
import { nameNeighboursOf } from './name-neighbours.ts'
import { groupQuoted } from './quoted-groups.ts'
import { groupBySums } from './sum-groups.ts'
import { groupSweeps } from './sweep-grouping.ts'

/**
 * One line to many entries, many to one, and many to many, strongest ground first: sweep structures, batch ids, explicit
 * references, card settlements by day, counterparty totals, and subset sums no one-to-one explains.
 */
export const groupPass: MatchingPass = (context) => {
  groupSweeps(context)
  groupBatches(context)
  groupQuoted(context)
  groupCardDays(context)
  groupBySums(context, nameNeighboursOf(context))
}
