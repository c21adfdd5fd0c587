import { type Client, createClient } from '@recon/client'

/** Each desk keeps its own books: the backend serves every desk as a tenant of its own, named by a header. */
export const desks = ['cash', 'payments', 'bookkeeping', 'treasury', 'collections'] as const
export type DeskName = (typeof desks)[number]

export const deskHeader = 'x-workbench-desk'

export function deskClients(): Readonly<Record<DeskName, Client>> {
  const clientOf = (desk: DeskName) => createClient({ url: '/recon', headers: { [deskHeader]: desk } })
  return {
    cash: clientOf('cash'),
    payments: clientOf('payments'),
    bookkeeping: clientOf('bookkeeping'),
    treasury: clientOf('treasury'),
    collections: clientOf('collections'),
  }
}

export function deskOfPath(path: string): DeskName {
  const [, first = ''] = path.split('/')
  return desks.find((desk) => desk === first) ?? 'cash'
}
