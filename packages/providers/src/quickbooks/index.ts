export { type QuickbooksOptions, quickbooks } from './quickbooks.ts'
export { signQuickbooksWebhook } from './quickbooks-webhook.ts'
