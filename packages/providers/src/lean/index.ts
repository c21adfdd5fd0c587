export { type LeanOptions, lean } from './lean.ts'
export { signLeanWebhook } from './lean-webhook.ts'
