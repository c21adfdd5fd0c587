import { Hono } from 'hono'
import { collectionsControls, collectionsFacts } from './collections-controls.ts'
import { cashControls, cashFacts, fusionRoutes } from './fusion-controls.ts'
import { type PanelAction, PanelRefusal, type PanelRoom } from './panel-room.ts'
import { paymentsControls, paymentsFacts } from './payments-controls.ts'
import { treasuryControls, treasuryFacts } from './treasury-controls.ts'

const day = 86_400_000

const clockControls: Readonly<Record<string, PanelAction>> = {
  quarterHour: async ({ world }) => movedOn(world.clock, 15 * 60_000),
  nextDay: async ({ world }) => movedOn(world.clock, day),
  nextMonth: async ({ world }) => {
    const now = new Date(world.clock.now())
    const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 9)
    return movedOn(world.clock, first - now.getTime())
  },
}

function movedOn(clock: PanelRoom['world']['clock'], milliseconds: number): string {
  clock.advance(milliseconds)
  return `It is ${clock.instant().slice(0, 16).replace('T', ' ')} UTC in the workbench now.`
}

const controls: Readonly<Record<string, Readonly<Record<string, PanelAction>>>> = {
  clock: clockControls,
  collections: collectionsControls,
  payments: paymentsControls,
  cash: cashControls,
  treasury: treasuryControls,
}

const facts: Readonly<Record<string, (room: PanelRoom) => Promise<unknown>>> = {
  collections: collectionsFacts,
  payments: paymentsFacts,
  cash: cashFacts,
  treasury: treasuryFacts,
}

/** The controls of the outside world, under `/workbench`. They stand for what debtors, banks and accountants do. */
export function simulatorRoutes(room: PanelRoom): Hono {
  const routes = new Hono()
  routes.route('/fusion', fusionRoutes(room))
  routes.get('/simulators/:desk', async (context) => {
    const read = facts[context.req.param('desk')]
    const now = room.world.clock.instant()
    return context.json({ now, ahead: room.world.clock.ahead(), facts: read === undefined ? null : await read(room) })
  })
  routes.post('/simulators/:desk/:action', async (context) => {
    const desk = controls[context.req.param('desk')]
    const name = context.req.param('action')
    const action = desk !== undefined && Object.hasOwn(desk, name) ? desk[name] : undefined
    if (action === undefined) return context.json({ refused: 'There is no such control.' }, 404)
    const input: unknown = await context.req.json().catch(() => ({}))
    try {
      const words = await action(room, typeof input === 'object' && input !== null ? { ...input } : {})
      room.world.keep()
      return context.json({ words })
    } catch (error) {
      if (error instanceof PanelRefusal) return context.json({ refused: error.message }, 422)
      throw error
    }
  })
  return routes
}
