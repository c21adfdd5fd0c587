import type { Client, ItemRow } from '@recon/client'
import { type Decision, refuse } from '@recon/core'
import '@testing-library/jest-dom/vitest'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sampleDay } from '../fixtures/sample-day.ts'
import { en } from '../messages/messages-en.ts'
import { CashDesk } from './cash-desk.tsx'
import { ReconRoot } from './client-root.tsx'

const day = sampleDay(3)
const stamp = '2026-11-20T09:00:00Z'

function rowsOfDay(): ItemRow[] {
  return day.rows.map((row) => ({ ...row, runId: 'run-1', arrivedAt: stamp, updatedAt: stamp }) as ItemRow)
}

interface FakeBackend {
  readonly client: Client
  readonly act: ReturnType<typeof vi.fn>
  readonly undo: ReturnType<typeof vi.fn>
}

/** A backend of one run: it flags, takes back, and refuses when told to. */
function fakeBackend(refusal?: string): FakeBackend {
  const rows = rowsOfDay()
  const event = { id: 'event-1', name: 'review_item.flagged' }
  const answer = (itemId: string, status: ItemRow['item']['status']): ItemRow => {
    const row = rows.find(({ item }) => item.id === itemId)
    if (row === undefined) throw new Error(`no ${itemId}`)
    const next = { ...row, item: { ...row.item, status, version: row.item.version + 1 } }
    rows.splice(rows.indexOf(row), 1, next)
    return next
  }
  const act_ = vi.fn(async ({ itemId }: { itemId: string }): Promise<Decision<unknown>> => {
    if (refusal !== undefined) return refuse('VERSION_STALE', refusal)
    return { ok: true, value: { row: answer(itemId, 'FLAGGED'), alsoChanged: [], event } }
  })
  const undo = vi.fn(async () => ({
    ok: true,
    value: { rows: rows.map(({ item }) => answer(item.id, 'OUTSTANDING')), event },
  }))
  const totals = { total: rows.length, byScenario: {}, byStatus: {}, byBucket: {}, byQueue: {} }
  const parts = {
    system: { session: async () => ({ tenantId: 't', actorId: 'mei', roles: ['FINANCE'] }) },
    runs: {
      list: async () => ({ rows: [{ id: 'run-1' }], nextCursor: null }),
      get: async () => ({ id: 'run-1', name: 'Bank day', matchedAt: stamp }),
      proof: async () => ({ runId: 'run-1', proofs: day.run.proofs }),
    },
    items: {
      list: async ({ cursor }: { cursor?: string }) =>
        cursor === undefined
          ? { rows: rows.slice(0, 4), nextCursor: 'rest', counts: totals }
          : { rows: rows.slice(4), nextCursor: null, counts: null },
      act: act_,
    },
    activity: { list: async () => ({ rows: [], nextCursor: null }), undo },
  }
  return { client: parts as unknown as Client, act: act_, undo }
}

async function openDesk(backend: FakeBackend) {
  render(
    <ReconRoot client={backend.client} now={() => Date.parse(stamp)}>
      <CashDesk />
    </ReconRoot>,
  )
  await screen.findByText('Meridian Paper Ltd', {}, { timeout: 8000 })
  return userEvent.setup()
}

const rowOf = (name: string) => screen.getByText(name).closest<HTMLElement>('[role="row"]')

describe('the connected cash desk', () => {
  afterEach(cleanup)

  it('loads every page and shows the run', async () => {
    await openDesk(fakeBackend())
    expect(screen.getByRole('heading', { name: 'Bank day' })).toBeVisible()
    await waitFor(() => expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', String(day.rows.length + 1)))
  })

  it('flags at once, and takes it back with one key', async () => {
    const backend = fakeBackend()
    const user = await openDesk(backend)
    await act(async () => rowOf('Meridian Paper Ltd')?.focus())
    await user.keyboard('f')
    expect(backend.act).toHaveBeenCalledWith(
      expect.objectContaining({ do: expect.objectContaining({ action: 'flag' }) }),
    )
    await waitFor(() => expect(rowOf('Meridian Paper Ltd')).toHaveAttribute('data-status', 'FLAGGED'))
    expect((await screen.findAllByText(en.done.flagged(1))).length).toBeGreaterThan(0)
    await user.keyboard('u')
    await waitFor(() => expect(backend.undo).toHaveBeenCalledWith({ eventId: 'event-1' }))
    await waitFor(() => expect(rowOf('Meridian Paper Ltd')).toHaveAttribute('data-status', 'OUTSTANDING'))
  })

  it('rolls back with the reason when the backend refuses', async () => {
    const backend = fakeBackend('The item has changed: version 3, not 2.')
    const user = await openDesk(backend)
    await act(async () => rowOf('Meridian Paper Ltd')?.focus())
    await user.keyboard('f')
    const said = await screen.findAllByText(en.frame.refused('The item has changed: version 3, not 2.'))
    expect(said.length).toBeGreaterThan(0)
    expect(rowOf('Meridian Paper Ltd')).toHaveAttribute('data-status', 'OUTSTANDING')
  })

  it('says why when nothing can be loaded, and tries again', async () => {
    const backend = fakeBackend()
    let broken = true
    const list = backend.client.runs.list
    const runs = {
      ...backend.client.runs,
      list: async (...given: Parameters<typeof list>) => {
        if (broken) throw new Error('The backend cannot be reached.')
        return list(...given)
      },
    }
    const client = { ...backend.client, runs } as Client
    render(
      <ReconRoot client={client} now={() => Date.parse(stamp)}>
        <CashDesk />
      </ReconRoot>,
    )
    expect(await screen.findByText('The backend cannot be reached.')).toBeVisible()
    broken = false
    await userEvent.click(screen.getByRole('button', { name: en.frame.retry }))
    expect(await screen.findByText('Meridian Paper Ltd')).toBeVisible()
  })
})
