export { bookkeepingWorld } from './bookkeeping-world.ts'
export {
  buildActor,
  buildBankLine,
  buildBookEntry,
  buildMatch,
  buildReviewItem,
  buildStatement,
} from './builders.ts'
export { cashManagementWorld } from './cash-management-world.ts'
export { collectionsWorld } from './collections-world.ts'
export { paymentsDeskWorld } from './payments-desk-world.ts'
export { treasuryWorld } from './treasury-world.ts'
export { uncataloguedEvents } from './uncatalogued-events.ts'
