export { createLeanSimulator, type LeanSimulator } from '../lean/lean-simulator.ts'
export {
  createModernTreasurySimulator,
  type ModernTreasurySimulator,
} from '../modern-treasury/modern-treasury-simulator.ts'
export { createOracleFusionSimulator, type OracleFusionSimulator } from '../oracle-fusion/oracle-fusion-simulator.ts'
export type { QuickbooksSimulator, QuickbooksSimulatorOptions } from '../quickbooks/quickbooks-simulator.ts'
export { createQuickbooksSimulator, quickbooksFault } from '../quickbooks/quickbooks-simulator.ts'
export type { QuickbooksChange, SimulatedInvoice, SimulatedPayment } from '../quickbooks/simulated-books.ts'
export type { ProviderClock } from '../rate-limit.ts'
export { createStripeSimulator, type StripeSimulator } from '../stripe/stripe-simulator.ts'
export { createXeroSimulator, type XeroSimulator } from '../xero/xero-simulator.ts'
export { type ContractCase, type ContractHarness, type ContractWorld, providerContract } from './provider-contract.ts'
export {
  type ServedSimulator,
  type ServedSimulators,
  type ServeOptions,
  type SimulatorName,
  serveSimulators,
  simulatorNames,
  simulatorSecret,
} from './serve-simulators.ts'
export type {
  SimulatedFault,
  SimulatedRequest,
  SimulatedResponse,
  Simulator,
  SimulatorHandler,
  SimulatorMemory,
} from './simulator.ts'
export { createSimulator, jsonResponse, memoryOf } from './simulator.ts'
export { createTestClock, type TestClock } from './test-clock.ts'
export { createWebhookQueue, type QueuedWebhook, type WebhookQueue, type WebhookQueueOptions } from './webhook-queue.ts'
export { createWebhookRelay, type WebhookRelay, type WebhookRelayOptions, webhookHabits } from './webhook-relay.ts'
export { type FaultRunReport, runQuickbooksFaults } from './writeback-faults.ts'
