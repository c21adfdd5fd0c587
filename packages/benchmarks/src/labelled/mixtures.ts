import * as decoys from './decoy-kinds.ts'
import * as groups from './group-kinds.ts'
import { type Label, LabelledWorld } from './labelled-world.ts'
import type { KindMaker } from './plain-kinds.ts'
import * as plain from './plain-kinds.ts'
import * as trouble from './trouble-kinds.ts'

type Shares = readonly (readonly [KindMaker, number])[]

const clean: Shares = [
  [plain.exactReference, 50],
  [plain.zeroPadded, 8],
  [plain.reformatted, 8],
  [plain.check, 12],
  [plain.sourceConfirmed, 6],
  [plain.inText, 8],
  [decoys.bankCharge, 3],
  [decoys.outstandingEntry, 5],
]

const everyday: Shares = [
  [plain.exactReference, 40],
  [plain.zeroPadded, 8],
  [plain.reformatted, 8],
  [plain.codeWord, 4],
  [plain.inText, 8],
  [plain.wrapped, 2],
  [plain.truncated, 3],
  [plain.check, 8],
  [plain.directDebit, 4],
  [plain.nameAndAmount, 8],
  [plain.sourceConfirmed, 3],
  [plain.foreignExchange, 2],
  [plain.pendingThenPosted, 3],
  [groups.quotedInvoices, 3],
  [groups.lumpSum, 1],
  [groups.installments, 1],
  [groups.cardBatch, 1],
  [groups.sweep, 1],
  [groups.paymentRun, 1],
  [trouble.duplicateEntries, 1],
  [trouble.duplicateLines, 1],
  [trouble.failedByCode, 1.5],
  [trouble.twins, 0.5],
  [decoys.bankCharge, 3],
  [decoys.outstandingEntry, 4],
]

const hard: Shares = [
  [plain.exactReference, 18],
  [plain.zeroPadded, 4],
  [plain.reformatted, 4],
  [plain.codeWord, 3],
  [plain.inText, 5],
  [plain.wrapped, 3],
  [plain.truncated, 3],
  [plain.mistyped, 3],
  [plain.lookAlike, 2],
  [plain.check, 4],
  [plain.directDebit, 4],
  [plain.nameAndAmount, 8],
  [plain.foreignExchange, 2],
  [plain.feeInTransit, 2],
  [plain.pendingThenPosted, 3],
  [groups.quotedInvoices, 3],
  [groups.lumpSum, 2],
  [groups.installments, 2],
  [groups.cardBatch, 2],
  [groups.sweep, 2],
  [groups.paymentRun, 1],
  [groups.coincidentalSum, 1],
  [trouble.duplicateEntries, 2],
  [trouble.duplicateLines, 2],
  [trouble.nearDuplicateEntries, 2],
  [trouble.failedByCode, 2],
  [trouble.returnedLater, 3],
  [trouble.twins, 2],
  [trouble.reusedReference, 1],
  [trouble.staleReference, 1],
  [trouble.reversedInLedger, 1],
  [decoys.amountDecoy, 3],
  [decoys.signOrCurrencyDecoy, 2],
  [decoys.digitsInsideDecoy, 2],
  [decoys.bankCharge, 3],
  [decoys.outstandingEntry, 5],
  [decoys.popularAmount, 6],
]

export const mixtures = { clean, everyday, hard } as const
export type MixtureName = keyof typeof mixtures

export interface LabelledData {
  readonly bankLines: LabelledWorld['lines']
  readonly bookEntries: LabelledWorld['entries']
  readonly labels: readonly Label[]
}

/** About `size` bank lines over a quarter, of the mixture's kinds in their shares, shuffled. The same seed gives the same data. */
export function generateLabelledData(mixture: MixtureName, size: number, seed: number): LabelledData {
  const world = new LabelledWorld(seed, 90)
  const shares = mixtures[mixture]
  const total = shares.reduce((sum, [, share]) => sum + share, 0)
  if (mixture !== 'clean') groups.cardDays(world, Math.min(60, Math.ceil(size / 60)))
  while (world.lines.length < size) {
    let ticket = world.random.next() * total
    const chosen = shares.find(([, share]) => {
      ticket -= share
      return ticket < 0
    })
    chosen?.[0](world)
  }
  return {
    bankLines: world.random.shuffle(world.lines),
    bookEntries: world.random.shuffle(world.entries),
    labels: world.labels,
  }
}
