import type { Client } from '@recon/client'
import type { BookEntry, Books } from '@recon/core'

/**
 * What the app does with a payment: it tells Recon of it at once, and matches it with the deposits that are there. Payments it
 * told before are known and change nothing.
 */
export async function tellPayments(client: Client, books: Books): Promise<number> {
  const entries: BookEntry[] = []
  let cursor: string | undefined
  do {
    const page = await books.fetchEntries(cursor === undefined ? {} : { cursor })
    entries.push(...page.entries)
    cursor = page.hasMore ? page.cursor : undefined
  } while (cursor !== undefined)
  if (entries.length === 0) return 0
  const stored = await client.imports.create({ bookEntries: entries, fileName: 'Payments of the app', format: 'lean' })
  if (!stored.ok) throw new Error(stored.refusal.message)
  if (stored.value.bookEntries > 0) {
    const run = await client.runs.create({ name: 'New payments', policy: 'payments-desk', wait: true })
    if (!run.ok) throw new Error(run.refusal.message)
  }
  return stored.value.bookEntries
}
