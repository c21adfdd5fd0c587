import type { Client, TransactableInput } from '@recon/client'
import type { BankFeed, BankLine, BookEntry, Books } from '@recon/core'

export interface TreasuryFeed {
  readonly bankFeed: BankFeed
  readonly books: Books
}

export interface TreasuryNews {
  readonly transactables: number
  readonly lines: number
  readonly withdrawn: number
  readonly linked: number
}

const kinds: Partial<Record<BookEntry['kind'], Pick<TransactableInput, 'kind' | 'state'>>> = {
  // what Modern Treasury lists as an order is with the bank
  PAYMENT_ORDER: { kind: 'payment_order', state: 'sent' },
  EXPECTED_PAYMENT: { kind: 'expected_payment' },
  INCOMING_PAYMENT_DETAIL: { kind: 'incoming_payment_detail' },
  RETURN: { kind: 'return' },
  PAPER_ITEM: { kind: 'paper_item' },
}

function transactableOf(entry: BookEntry): TransactableInput[] {
  const known = kinds[entry.kind]
  if (known === undefined) return []
  const { id, amount, date, references } = entry
  const label = entry.counterparty?.name ?? references.description
  return [
    {
      id,
      amount,
      date,
      references,
      ...known,
      ...(label === undefined ? {} : { label }),
      ...(entry.amountBounds === undefined ? {} : { bounds: entry.amountBounds }),
      ...(entry.dateBounds?.latest === undefined ? {} : { dueBy: entry.dateBounds.latest }),
      ...(entry.account === undefined ? {} : { account: entry.account }),
      ...(entry.counterparty === undefined ? {} : { counterparty: entry.counterparty }),
      ...(entry.instrument === undefined ? {} : { instrument: entry.instrument }),
    },
  ]
}

async function everything<Page extends { readonly hasMore: boolean; readonly cursor?: string }>(
  fetchPage: (request: { readonly cursor?: string }) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = []
  let cursor: string | undefined
  do {
    const page = await fetchPage(cursor === undefined ? {} : { cursor })
    pages.push(page)
    cursor = page.hasMore ? page.cursor : undefined
  } while (cursor !== undefined)
  return pages
}

/**
 * What a treasury's host does when Modern Treasury says that something happened: reads what waits for money and what the bank
 * has, tells Recon, and lets it match. Reading again changes nothing.
 */
export async function readTreasury(client: Client, feed: TreasuryFeed): Promise<TreasuryNews> {
  const entries = (await everything(feed.books.fetchEntries)).flatMap((page) => page.entries)
  const pages = await everything(feed.bankFeed.fetchLines)
  const bankLines: BankLine[] = pages.flatMap((page) => page.lines)
  const withdrawnLineIds = pages.flatMap((page) => page.withdrawnLineIds)
  const transactables = entries.flatMap(transactableOf)
  const saved = transactables.length === 0 ? undefined : await client.treasury.save({ transactables })
  if (saved?.ok === false) throw new Error(saved.refusal.message)
  const stored = await client.imports.create({ bankLines, withdrawnLineIds, fileName: 'Modern Treasury' })
  if (!stored.ok) throw new Error(stored.refusal.message)
  const matched = await client.treasury.match({})
  if (!matched.ok) throw new Error(matched.refusal.message)
  return {
    transactables: saved?.value.created ?? 0,
    lines: stored.value.bankLines,
    withdrawn: withdrawnLineIds.length,
    linked: matched.value.linked,
  }
}
