import assert from 'node:assert/strict'
import { type Client, type ItemRow, type Problem, problemSchema } from '@recon/client'
import { ReconError } from '@recon/core'
import { deskWorld } from './desk-world.ts'
import type { ReconHarness } from './recon-harness.ts'

/** One promise every store keeps. Each case works in a tenant of its own, so they share one database. */
export interface ConformanceCase {
  readonly name: string
  readonly run: (harness: ReconHarness, tenantId: string) => Promise<void>
}

/** A day of the small desk world, imported and matched; the id of its run. */
export async function matchedDesk(client: Client, prefix = ''): Promise<string> {
  const imported = await client.imports.create(deskWorld(prefix))
  assert.ok(imported.ok)
  assert.equal(imported.value.rejectedCount, 0)
  const run = await client.runs.create({ policy: 'cash-management' })
  assert.ok(run.ok)
  return run.value.id
}

export async function itemOf(client: Client, bankLineId: string): Promise<ItemRow> {
  const page = await client.items.list({ limit: 500 })
  const row = page.rows.find((one) => one.item.bankLineIds.includes(bankLineId))
  assert.ok(row, `an item for ${bankLineId}`)
  return row
}

export async function problemOf(promise: Promise<Response>): Promise<Problem> {
  const response = await promise
  return problemSchema.parse(await response.json())
}

export async function thrown(promise: Promise<unknown>): Promise<ReconError> {
  try {
    await promise
  } catch (error) {
    assert.ok(ReconError.is(error), String(error))
    return error
  }
  throw new Error('Expected a ReconError.')
}
