import { bookkeeping } from './bookkeeping.ts'
import { cashManagement } from './cash-management.ts'
import { collections } from './collections.ts'
import { paymentsDesk } from './payments-desk.ts'
import { treasury } from './treasury.ts'

/** The five systems. `matchLines(input, presets.cashManagement)` takes one as it is. */
export const presets = { paymentsDesk, treasury, cashManagement, bookkeeping, collections } as const
export type PresetName = keyof typeof presets
