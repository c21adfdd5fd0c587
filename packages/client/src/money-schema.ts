import { isIsoDate, isIsoInstant, parseMoney } from '@recon/core'
import * as z from 'zod'

/** Money on the wire: a canonical decimal string with exactly the currency's decimals, and the currency. */
export const moneySchema = z
  .object({ amount: z.string().max(40), currency: z.string().length(3) })
  .superRefine((value, context) => {
    const parsed = parseMoney(value.amount, { currency: value.currency, decimalMark: '.' })
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.refusal.message })
    else if (parsed.value.amount !== value.amount) {
      context.addIssue({ code: 'custom', message: `Write the amount as "${parsed.value.amount}".` })
    }
  })

export const isoDateSchema = z.string().max(10).refine(isIsoDate, { message: 'Not a real calendar date (YYYY-MM-DD).' })

export const isoInstantSchema = z
  .string()
  .max(30)
  .refine(isIsoInstant, { message: 'Not an instant (YYYY-MM-DDTHH:mm:ssZ).' })

/** Text that a database and a log can hold: no NUL, no lone surrogate, bounded. */
export function boundedText(maximum: number) {
  return z
    .string()
    .max(maximum)
    .refine((text) => text.isWellFormed() && !text.includes('\u0000'), {
      message: 'Holds a NUL character or half of a surrogate pair.',
    })
}

/** An id as hosts and banks give them: 1 to 200 characters. */
export const idSchema = boundedText(200).min(1)
