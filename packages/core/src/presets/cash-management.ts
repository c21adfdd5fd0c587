import { matchPolicy } from '../matching/match-policy.ts'

/** Bank lines against the general ledger: seven scenarios, sweeps to zero, references that decide per instrument. */
export const cashManagement = { policy: matchPolicy({ name: 'cash-management' }) } as const
