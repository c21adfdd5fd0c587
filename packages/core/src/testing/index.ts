export { accepted } from './accepted.ts'
export { type BookkeepingHistory, type BookkeepingMoment, bookkeepingHistory } from './bookkeeping-history.ts'
export { bookkeepingWorld } from './bookkeeping-world.ts'
export {
  buildActor,
  buildBankLine,
  buildBookEntry,
  buildMatch,
  buildReviewItem,
  buildStatement,
} from './builders.ts'
export { type CashManagementDay, cashManagementDay, cashManagementWorld } from './cash-management-world.ts'
export { type CollectionsHistory, collectionsHistory } from './collections-history.ts'
export { type CollectedPayment, type CollectionsStep, collectionsWorld } from './collections-world.ts'
export { paymentsDeskWorld } from './payments-desk-world.ts'
export { type TreasuryMoment, treasuryHistory } from './treasury-history.ts'
export { treasuryWorld } from './treasury-world.ts'
export { uncataloguedEffects } from './uncatalogued-effects.ts'
export { uncataloguedEvents } from './uncatalogued-events.ts'
