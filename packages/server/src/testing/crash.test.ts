import assert from 'node:assert/strict'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import type { KillFlowName } from './kill-flows.ts'
import { type KillLane, openKillLane } from './kill-lane.ts'
import { buildWorkerProgram, type WorkerProgram } from './killable-process.ts'

let server: EmbeddedServer
let program: WorkerProgram
/** Two databases, each with its own row of processes: while one process starts, the other works. */
const lanes: KillLane[] = []
const plan: readonly (readonly KillFlowName[])[] = [
  ['dispatch', 'portal', 'payment'],
  ['match', 'chargeback'],
]

beforeAll(async () => {
  ;[server, program] = await Promise.all([startEmbeddedServer(), buildWorkerProgram()])
  for (const _ of plan) lanes.push(await openKillLane(await server.newDatabase(), program))
}, 120_000)
afterAll(async () => {
  for (const lane of lanes) await lane.stop()
  await server?.stop()
  program?.remove()
})

it('loses and doubles nothing when processes are killed before and after every step, more than 200 times', {
  timeout: 480_000,
}, async () => {
  const died = new Map<KillFlowName, string[]>()
  await Promise.all(
    plan.map(async (flows, index) => {
      const lane = lanes[index]
      assert.ok(lane)
      for (const flow of flows) died.set(flow, await lane.killThroughout(flow))
    }),
  )
  expect([...died.values()].flat().length).toBeGreaterThanOrEqual(200)
  const commits = ['commit.before', 'commit.sent', 'commit.after']
  const mail = ['mail.beforeClaim', 'mail.afterClaim', 'smtp.before', 'smtp.after', 'mail.afterSend', 'mail.afterMark']
  const writes = ['writeback:claimed', 'writeback:answered']
  expect(died.get('dispatch')).toEqual(expect.arrayContaining([...commits, ...mail]))
  expect(died.get('match')).toEqual(expect.arrayContaining(commits))
  expect(died.get('portal')).toEqual(expect.arrayContaining([...commits, 'answered']))
  for (const [flow, call] of [
    ['payment', 'postPayment'],
    ['chargeback', 'reversePayment'],
  ] as const) {
    expect(died.get(flow)).toEqual(
      expect.arrayContaining([...commits, ...writes, `books.before ${call}`, `books.after ${call}`]),
    )
  }
  process.stdout.write(
    `killed ${JSON.stringify(Object.fromEntries([...died].map(([flow, points]) => [flow, points.length])))}\n`,
  )
})
