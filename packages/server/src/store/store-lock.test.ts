import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { lockStore } from './store-lock.ts'

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'recon-lock-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

const holder = (fields: object) => JSON.stringify({ pid: 1, host: hostname(), started: '', since: 'then', ...fields })

it('refuses a second holder with who holds it, and lets the next one in after release', () => {
  const directory = folder()
  const first = lockStore(directory)
  expect(() => lockStore(directory)).toThrow(
    expect.objectContaining({ code: 'STORE_LOCKED', details: { pid: process.pid, host: hostname() } }),
  )
  first.release()
  lockStore(directory).release()
})

it('takes over the lock of a process that was killed', async () => {
  const directory = folder()
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const started = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''
  writeFileSync(join(directory, 'recon.lock'), holder({ pid: child.pid, started }))
  expect(() => lockStore(directory)).toThrow(expect.objectContaining({ code: 'STORE_LOCKED' }))
  const gone = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGKILL')
  await gone
  lockStore(directory).release()
})

it('takes over a lock whose process id now belongs to another process', () => {
  const directory = folder()
  writeFileSync(join(directory, 'recon.lock'), holder({ pid: process.ppid, started: '1' }))
  lockStore(directory).release()
})

it('takes over a lock that was cut off while it was written', () => {
  const directory = folder()
  writeFileSync(join(directory, 'recon.lock'), '{"pid":')
  lockStore(directory).release()
})

it('leaves the lock of another machine alone', () => {
  const directory = folder()
  writeFileSync(join(directory, 'recon.lock'), holder({ host: 'another-machine' }))
  expect(() => lockStore(directory)).toThrow(expect.objectContaining({ code: 'STORE_LOCKED' }))
})
