import { ReconError } from '@recon/core'
import type * as z from 'zod'

/**
 * A factory's options, strictly: an unknown or misspelt setting is an error, never ignored.
 * @throws ReconError CONFIGURATION_INVALID naming the setting; values are not repeated, they may be secrets
 */
export function parseOptions<Schema extends z.ZodType>(
  provider: string,
  schema: Schema,
  options: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(options)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.join('.') ?? '')
  throw new ReconError(
    'CONFIGURATION_INVALID',
    `${provider}: the option "${place}" is not valid: ${issue?.message ?? 'unknown'}.`,
    { provider, place },
  )
}
