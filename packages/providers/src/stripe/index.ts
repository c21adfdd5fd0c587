export { type StripeOptions, stripe } from './stripe.ts'
export { signStripeWebhook } from './stripe-webhook.ts'
