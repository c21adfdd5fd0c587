export { type ModernTreasuryOptions, modernTreasury } from './modern-treasury.ts'
export { signModernTreasuryWebhook } from './modern-treasury-webhook.ts'
