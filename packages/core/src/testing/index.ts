export {
  buildActor,
  buildBankLine,
  buildBookEntry,
  buildMatch,
  buildReviewItem,
  buildStatement,
} from './builders.ts'
