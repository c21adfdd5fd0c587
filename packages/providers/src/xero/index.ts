export { type XeroOptions, xero } from './xero.ts'
export { signXeroWebhook } from './xero-webhook.ts'
