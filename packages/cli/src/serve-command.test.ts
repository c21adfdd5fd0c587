import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from './command-line.ts'
import { shownDatabase } from './database-option.ts'
import { capturedIo } from './testing/captured-io.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recon-serve-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const database = (name: string) => `pglite://${join(folder, name)}`

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

// opening an embedded database takes seconds, on a busy machine many
describe('the host backend on the command line', { timeout: 120_000 }, () => {
  it('serves until it is asked to stop, and lets the database go', async () => {
    const port = await freePort()
    let stop = () => {}
    const io = capturedIo({ stopped: () => new Promise((resolve) => (stop = resolve)) })
    const serving = runCommandLine(['serve', '--database', database('served'), '--port', String(port)], io, '0')
    await expect.poll(() => io.written().out, { timeout: 60_000 }).toContain(`:${port}/recon`)
    const answer = await fetch(`http://127.0.0.1:${port}/recon/health`)
    expect(await answer.json()).toMatchObject({ status: 'ok' })
    stop()
    expect(await serving).toBe(0)
    const again = capturedIo()
    expect(await runCommandLine(['doctor', '--database', database('served'), '--json'], again, '0')).toBe(0)
    const jobs = capturedIo()
    expect(await runCommandLine(['jobs', '--database', database('served')], jobs, '0')).toBe(0)
    expect(jobs.written().out).toBe('no job is parked\n')
    const unknown = ['jobs', '--database', database('served'), '--json', '--redrive', crypto.randomUUID()]
    expect(await runCommandLine(unknown, capturedIo(), '0')).toBe(1)
  })

  it('works until it is asked to stop', async () => {
    let stop = () => {}
    const io = capturedIo({ stopped: () => new Promise((resolve) => (stop = resolve)) })
    const working = runCommandLine(['work', '--database', database('worked')], io, '0')
    await expect.poll(() => io.written().out, { timeout: 60_000 }).toContain('takes jobs')
    stop()
    expect(await working).toBe(0)
  })

  it('takes mail and portal only with all they need', async () => {
    for (const environment of [{ SMTP_URL: 'smtp://127.0.0.1:1' }, { RECON_URL: 'http://localhost/recon' }]) {
      const io = capturedIo({ environment })
      expect(await runCommandLine(['work', '--database', database('half')], io, '0')).toBe(2)
    }
  })

  it('says that a port is taken', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const io = capturedIo()
    const code = await runCommandLine(['serve', '--database', database('taken'), '--port', String(port)], io, '0')
    await new Promise((resolve) => taken.close(resolve))
    expect(code).toBe(1)
    expect(io.written().err).toContain('taken')
  })

  it('migrates once and changes nothing the second time', async () => {
    const first = capturedIo()
    expect(await runCommandLine(['migrate', '--database', database('migrated')], first, '0')).toBe(0)
    expect(first.written().out).toContain('applied 0001')
    const second = capturedIo()
    expect(await runCommandLine(['migrate', '--database', database('migrated')], second, '0')).toBe(0)
    expect(second.written().out).not.toContain('applied')
  })

  it('finds what is wrong with a database nobody answers for', async () => {
    const io = capturedIo()
    const url = `postgres://ada:secret@127.0.0.1:${await freePort()}/none`
    expect(await runCommandLine(['doctor', '--database', url, '--json'], io, '0')).toBe(1)
    const report = JSON.parse(io.written().out)
    expect(report).toMatchObject({ ok: false })
    expect(io.written().out).not.toContain('secret')
  })

  it('shows no password', () => {
    expect(shownDatabase('postgres://ada:secret@db/x')).toBe('postgres://ada:***@db/x')
    expect(shownDatabase('pglite://./data')).toBe('pglite://./data')
  })
})
