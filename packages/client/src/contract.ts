import { activityContract } from './activity-contract.ts'
import { bookkeepingContract, clientContract } from './bookkeeping-contract.ts'
import { collectionsContract } from './collections-contract.ts'
import { depositSourceContract } from './deposit-source-contract.ts'
import type { Endpoint } from './endpoint.ts'
import { exportContract } from './export-contract.ts'
import { importContract } from './import-contract.ts'
import { insightContract, itemContract } from './item-contract.ts'
import { labContract } from './lab-contract.ts'
import { exportJobContract, jobContract, outboxContract, settingContract } from './operation-contract.ts'
import { periodContract } from './period-contract.ts'
import { portalContract } from './portal-contract.ts'
import { recordContract } from './record-contract.ts'
import type { Routes } from './routes.ts'
import { runContract } from './run-contract.ts'
import { systemContract } from './system-contract.ts'
import { treasuryContract } from './treasury-contract.ts'
import { webhookContract } from './webhook-contract.ts'

/** The schemas of every route, under the names of routes.ts; a route without schemas does not compile. */
export const contract = {
  system: systemContract,
  imports: importContract,
  records: recordContract,
  runs: runContract,
  items: itemContract,
  activity: activityContract,
  lab: labContract,
  periods: periodContract,
  insight: insightContract,
  exports: { ...exportContract, ...exportJobContract },
  clients: clientContract,
  bookkeeping: bookkeepingContract,
  portal: portalContract,
  outbox: outboxContract,
  settings: settingContract,
  collections: collectionsContract,
  treasury: treasuryContract,
  sources: depositSourceContract,
  webhooks: webhookContract,
  jobs: jobContract,
} satisfies { [Group in keyof Routes]: { [Name in keyof Routes[Group]]: Endpoint } }

export type Contract = typeof contract
