import type { Client, TransactableRow, TreasuryLineRow } from '@recon/client'
import { missingPermission } from '@recon/core'
import { useRecon } from '../recon-root/recon-context.ts'
import type { StatementLine } from '../transaction-statement/transaction-statement.tsx'
import { useConnection } from './client-root.tsx'
import { allPages } from './paged-list.ts'
import { useQuery } from './query-store.ts'
import { useActor } from './use-actor.ts'
import { useDecidedWrite } from './use-decided-write.ts'
import { queryState } from './use-desk.ts'

export interface TreasuryScope {
  readonly account?: string | undefined
  readonly currency?: string | undefined
}

type LineQuery = NonNullable<Parameters<Client['treasury']['lines']>[0]>

function scopeOf({ account, currency }: TreasuryScope, cursor: string | undefined): LineQuery {
  return {
    limit: 200,
    ...(account === undefined ? {} : { account }),
    ...(currency === undefined ? {} : { currency }),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

const noLines: readonly StatementLine[] = []

/** Bank lines with what they are matched with and how sure that is. */
export function useTreasuryLines(scope: TreasuryScope) {
  const { client, store } = useConnection()
  const key = `treasury/lines/${scope.account ?? ''}/${scope.currency ?? ''}`
  const list = useQuery(store, key, async () => {
    const { rows, more } = await allPages((cursor) => client.treasury.lines(scopeOf(scope, cursor)))
    return { lines: rows.map(statementLineOf), more }
  })
  return { lines: list.data?.lines ?? noLines, state: queryState(list) }
}

/** As the statement shows a line: the bank's own form of it, with its successor where there is one. */
export function statementLineOf({ line, certainty, matchedWith, supersededBy }: TreasuryLineRow): StatementLine {
  return {
    line,
    certainty,
    matchedWith: matchedWith.map(({ label }) => label),
    ...(supersededBy === null ? {} : { supersededBy }),
  }
}

/** Payment orders, expected payments and the rest, and what may be done with them. */
export function useTransactables(scope: TreasuryScope) {
  const { client, store } = useConnection()
  const { messages } = useRecon()
  const { actor } = useActor()
  const words = messages.treasury.orders
  const key = `treasury/transactables/${scope.account ?? ''}/${scope.currency ?? ''}`
  const list = useQuery(store, key, () => allPages((cursor) => client.treasury.list(scopeOf(scope, cursor))))
  const { pending, refusal, write } = useDecidedWrite(() => {
    for (const prefix of ['treasury/', 'activity']) store.refresh(prefix)
  })
  const may = actor !== null && missingPermission(actor, 'item.reconcile', 'TREASURY') === null
  return {
    rows: (list.data?.rows ?? []) as readonly TransactableRow[],
    state: queryState(list),
    pending,
    refusal,
    match: may
      ? () =>
          write(
            () => client.treasury.match(scope.account === undefined ? {} : { accounts: [scope.account] }),
            ({ linked, proposals }) => words.matched(linked, proposals.length),
          )
      : null,
    /** Takes the lines of a transactable back. */
    unlinkOf: (row: Pick<TransactableRow, 'id' | 'version' | 'links'>) =>
      may && row.links.length > 0
        ? () =>
            void write(
              () => client.treasury.link({ transactableId: row.id, version: row.version, links: [] }),
              () => words.unlinked,
            )
        : null,
  }
}
