import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { ReconError } from '@recon/core'

interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, in the kernel's own ticks where it tells them: a reused pid has another value. */
  readonly started: string
  readonly since: string
}

const held = new Set<string>()
const takeoverPatience = 30_000

/**
 * The exclusive lock on an embedded database's folder. Two processes on one PGlite folder lose acknowledged commits without
 * an error, so the second one is refused. A lock whose process is gone (killed, machine restarted) is taken over.
 * @throws ReconError STORE_LOCKED, STORE_UNAVAILABLE
 */
export function lockStore(directory: string): { release: () => void } {
  try {
    mkdirSync(directory, { recursive: true })
  } catch (error) {
    throw unusable(directory, error)
  }
  const path = join(directory, 'recon.lock')
  if (!create(directory, path)) takeOver(directory, path)
  held.add(path)
  return {
    release: () => {
      if (held.delete(path)) rmSync(path, { force: true })
    },
  }
}

function create(directory: string, path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600)
    const holder: Holder = {
      pid: process.pid,
      host: hostname(),
      started: startOf(process.pid),
      since: new Date().toISOString(),
    }
    writeSync(file, JSON.stringify(holder))
    closeSync(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw unusable(directory, error)
  }
}

/** Only the process that holds the takeover file may remove a dead lock, so that two rescuers cannot both win. */
function takeOver(directory: string, path: string): void {
  const holder = readHolder(path)
  if (holder !== undefined && isAlive(holder, path)) throw locked(directory, holder)
  const rescue = `${path}.takeover`
  if (!create(directory, rescue)) {
    if (ageOf(rescue) < takeoverPatience) throw busy(directory)
    rmSync(rescue, { force: true })
    if (!create(directory, rescue)) throw busy(directory)
  }
  try {
    const again = readHolder(path)
    if (again !== undefined && isAlive(again, path)) throw locked(directory, again)
    rmSync(path, { force: true })
    if (!create(directory, path)) throw busy(directory)
  } finally {
    rmSync(rescue, { force: true })
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Undefined for a file that is missing or was cut off while being written: nobody holds such a lock. */
function readHolder(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, host, started, since } = value as Partial<Holder>
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined
    return { pid, host, started: String(started), since: String(since) }
  } catch {
    return undefined
  }
}

/** A process of another machine cannot be asked, so its lock stands. */
function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) return true
  if (holder.pid === process.pid) return held.has(path)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.started === startOf(holder.pid)
}

/** Field 22 of /proc/PID/stat, after the command name, which may hold spaces. Empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function locked(directory: string, holder: Holder): ReconError {
  return new ReconError(
    'STORE_LOCKED',
    `The database folder ${directory} is in use by process ${holder.pid} on ${holder.host} since ${holder.since}. ` +
      'An embedded database serves one process. Stop that process, use another folder, or give a postgres:// URL.',
    { details: { pid: holder.pid, host: holder.host } },
  )
}

function busy(directory: string): ReconError {
  return new ReconError('STORE_LOCKED', `The folder ${directory} is being opened by another process. Try again.`)
}

function unusable(directory: string, cause: unknown): ReconError {
  return new ReconError('STORE_UNAVAILABLE', `The database folder ${directory} cannot be written.`, { cause })
}
