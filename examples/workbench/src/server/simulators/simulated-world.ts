import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { FusionSending } from './fusion-desk.ts'
import { type SimulatedProviders, type SimulatorMemories, simulatedProviders } from './simulated-providers.ts'
import { type WorkbenchClock, workbenchClock } from './workbench-clock.ts'

/** The outside world of one workbench: its simulators, its time, and the files it sent to Fusion. */
export interface SimulatedWorld extends SimulatedProviders {
  readonly clock: WorkbenchClock
  readonly sendings: FusionSending[]
  /** Writes everything down, so that the world is the same after a restart. */
  readonly keep: () => void
}

interface Kept {
  readonly ahead: number
  readonly memories: SimulatorMemories
  readonly sendings: FusionSending[]
}

/** Opens the world that belongs to a data folder. A file that cannot be read is left where it is and named. */
export function openSimulatedWorld(folder: string, beginsAt = Date.now()): SimulatedWorld {
  const path = join(folder, 'simulators.bin')
  const kept = existsSync(path) ? readKept(path) : undefined
  const clock = workbenchClock(kept?.ahead ?? beginsAt - Date.now())
  const providers = simulatedProviders(clock, kept?.memories)
  const sendings = kept?.sendings ?? []
  const keep = () => {
    const now: Kept = { ahead: clock.ahead(), memories: providers.remember(), sendings }
    // in one step: a process that dies here leaves the file before
    writeFileSync(`${path}.new`, serialize(now))
    renameSync(`${path}.new`, path)
  }
  return { ...providers, clock, sendings, keep }
}

function readKept(path: string): Kept {
  try {
    return deserialize(readFileSync(path)) as Kept
  } catch {
    throw new Error(`${path} cannot be read. Move the data folder away to begin anew.`)
  }
}
