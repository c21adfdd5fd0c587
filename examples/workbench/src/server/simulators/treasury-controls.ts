import { fromMinorUnits } from '@recon/core'
import { amountOf, centsOf, type PanelAction, PanelRefusal, type PanelRoom, textOf } from './panel-room.ts'
import { readTreasury } from './treasury-feed.ts'

/** What waits for money, and what the bank shows as pending, as Modern Treasury sees them. */
export async function treasuryFacts({ world }: PanelRoom) {
  const { transactables, transactions } = world.simulators.treasury
  return {
    waiting: [...transactables.values()]
      .filter((row) => row.reconciliation === 'unreconciled')
      .map(({ id, name, externalId, amount }) => ({ id, name, externalId, amount: fromMinorUnits(amount, 'USD') })),
    pending: [...transactions.values()]
      .filter((row) => !row.posted && row.discardedAt === undefined)
      .map(({ id, description, amount }) => ({ id, description, amount: fromMinorUnits(amount, 'USD') })),
  }
}

const read = ({ world, client }: PanelRoom) => readTreasury(client('treasury'), world.treasury)

function reportOf({ world }: PanelRoom, id: string) {
  const row = world.simulators.treasury.transactables.get(id)
  if (row === undefined) throw new PanelRefusal('There is no such transactable.')
  const outgoing = row.object === 'payment_order' && row.direction === 'credit'
  const direction = outgoing ? ('debit' as const) : ('credit' as const)
  const vendorId = `BR-${row.externalId || row.id}`
  return { amount: row.amount, direction, vendorId, description: `ACH ${row.name} ${row.externalId}`.trim() }
}

async function postDay(room: PanelRoom, changes: Readonly<Record<string, { withheld: boolean }>>): Promise<string> {
  room.world.clock.advance(86_400_000)
  const posted = room.world.simulators.treasury.postPriorDay(changes)
  const news = await read(room)
  return `The prior-day file: ${posted.length} posted under new ids, ${news.withdrawn} pending lines gone.`
}

export const treasuryControls: Readonly<Record<string, PanelAction>> = {
  newOrder: async (room, input) => {
    const { treasury } = room.world.simulators
    const amount = amountOf(input, 'USD')
    const externalId = `PO-${88_230 + treasury.transactables.size}`
    treasury.addPaymentOrder({ amount: centsOf(amount), direction: 'credit', externalId, name: 'New vendor' })
    await read(room)
    return `Payment order ${externalId} over ${amount} USD is with the bank.`
  },
  bankReports: async (room, input) => {
    const line = reportOf(room, textOf(input, 'transactable'))
    if (input.posted === true) room.world.simulators.treasury.reportPosted(line)
    else room.world.simulators.treasury.reportPending(line)
    await read(room)
    return `The bank shows ${line.description} as ${input.posted === true ? 'posted' : 'pending'}.`
  },
  nextDay: (room) => postDay(room, {}),
  nextDayWithout: (room, input) => postDay(room, { [textOf(input, 'transaction')]: { withheld: true } }),
}
