import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openPgliteStore } from '../store/pglite-store.ts'

const storeFile = fileURLToPath(new URL('../store/pglite-store.ts', import.meta.url))

/** A process that opens the folder, writes one row, says so, and stays. */
function holder(directory: string) {
  const program = `
    const { openPgliteStore } = await import(${JSON.stringify(storeFile)})
    const { pglite } = await openPgliteStore({ directory: ${JSON.stringify(directory)} })
    await pglite.exec('create table if not exists kept (n int); insert into kept values (1)')
    process.stdout.write('open')
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--conditions=recon-source', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

it('refuses a second process on one folder by name, and opens it with everything in it once the first is killed', {
  timeout: 120_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'recon-second-'))
  const first = holder(directory)
  const gone = new Promise((resolve) => first.once('exit', (_code, signal) => resolve(signal)))
  try {
    await new Promise((resolve) => first.stdout.once('data', resolve))
    await expect(openPgliteStore({ directory })).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`in use by process ${first.pid}`),
    })
    first.kill('SIGKILL')
    expect(await gone).toBe('SIGKILL')
    const store = await openPgliteStore({ directory })
    const rows = await sql<{ n: number }>`select n from kept`.execute(store.db)
    expect(rows.rows).toEqual([{ n: 1 }])
    await store.close()
  } finally {
    first.kill('SIGKILL')
    await gone
    rmSync(directory, { recursive: true, force: true })
  }
})
