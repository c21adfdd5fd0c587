import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import {
  followJobs,
  importFusionExport,
  matchFusionAccount,
  reconciliationFile,
  sendToFusion,
  unsentGroups,
} from './fusion-desk.ts'
import { type PanelAction, PanelRefusal, type PanelRoom } from './panel-room.ts'

const account = '300000046971'
const samples = join(import.meta.dirname, '../../../samples')
const largestExport = 16 * 1024 * 1024

async function takeExport({ world, client }: PanelRoom, bytes: Uint8Array, name: string) {
  const imported = await importFusionExport(client('cash'), bytes, name)
  // the simulated Fusion knows what its own export told
  for (const id of imported.ids) world.simulators.fusion.addRecord(id)
  return imported
}

export async function cashFacts({ world, client }: PanelRoom) {
  const groups = await unsentGroups(client('cash'), world.sendings)
  return {
    unsent: groups.map(({ reference, bankLineIds, bookEntryIds }) => ({ reference, bankLineIds, bookEntryIds })),
    sendings: [...world.sendings].reverse(),
    reconciled: world.simulators.fusion.reconciled.size,
  }
}

export const cashControls: Readonly<Record<string, PanelAction>> = {
  loadSample: async (room) => {
    const lines = await takeExport(room, await readFile(join(samples, 'fusion-statement-lines.csv')), 'lines.csv')
    const ledger = await takeExport(room, await readFile(join(samples, 'fusion-ledger.xml')), 'ledger.xml')
    if (lines.stored + ledger.stored === 0) return 'This export was read before: nothing in it is new.'
    await matchFusionAccount(room.client('cash'), account)
    return `${lines.stored} statement lines and ${ledger.stored} journal lines read and matched.`
  },
  sendToFusion: async ({ world, client }) => {
    const groups = await unsentGroups(client('cash'), world.sendings)
    if (groups.length === 0) throw new PanelRefusal('Fusion knows every link already.')
    const sending = await sendToFusion(world.fusion, groups, world.clock.instant())
    world.sendings.push(sending)
    return `${groups.length} links sent: Fusion works on them as job ${sending.jobId}.`
  },
  fusionWorks: async ({ world }) => {
    world.simulators.fusion.runJobs()
    await followJobs(world.fusion, world.sendings)
    return world.sendings.some(({ state }) => state === 'ACCEPTED')
      ? 'Fusion is running the job.'
      : 'Fusion has ended its jobs.'
  },
}

/** The import file as a download, and exports a person drops. */
export function fusionRoutes(room: PanelRoom): Hono {
  const routes = new Hono()
  routes.get('/file', async (context) => {
    const groups = await unsentGroups(room.client('cash'), room.world.sendings)
    if (groups.length === 0) return context.text('Fusion knows every link already.', 404)
    const file = reconciliationFile(groups)
    return context.body(new Uint8Array(file.bytes), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${file.name}"`,
    })
  })
  routes.post('/exports', async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer())
    if (bytes.length > largestExport) return context.json({ refused: 'An export has at most 16 MB.' }, 413)
    try {
      const imported = await takeExport(room, bytes, (context.req.query('name') ?? 'export').slice(0, 200))
      await matchFusionAccount(room.client('cash'), account)
      room.world.keep()
      return context.json({ ...imported, ids: imported.ids.length })
    } catch (error) {
      return context.json({ refused: error instanceof Error ? error.message : 'The export cannot be read.' }, 422)
    }
  })
  return routes
}
