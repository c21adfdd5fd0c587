import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { AcknowledgedSave } from './invariants.ts'
import type { KillCommand, KillWorkerSettings } from './kill-worker.ts'

/** The worker program as one file that starts in a fifth of a second, so that hundreds can be killed in a test. */
export interface WorkerProgram {
  readonly start: (settings: KillWorkerSettings) => KillableProcess
  readonly remove: () => void
}

/** Bundles the program. The embedded database is left out: these workers share a server. */
export async function buildWorkerProgram(): Promise<WorkerProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'recon-kill-'))
  const nothing = join(folder, 'nothing.mjs')
  writeFileSync(nothing, 'export const PGlite = {}\n')
  const program = join(folder, 'worker.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('./kill-worker.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['recon-source'],
    alias: { '@electric-sql/pglite': nothing },
    external: ['pg-native'],
    banner: {
      js: `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`,
    },
    logLevel: 'error',
  })
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache'), NODE_OPTIONS: '' }
  return {
    start: (settings) =>
      new KillableProcess(
        fork(program, [JSON.stringify(settings)], { env, execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }),
      ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** How a command ended: done with the boundaries it passed, or the process died at one. */
export type CommandEnd = { readonly points: readonly string[] } | { readonly killed: string }

/** A worker process and what it said before it was killed. */
export class KillableProcess {
  /** Answers to clients that this process gave: they count, whatever becomes of it. */
  readonly saves: AcknowledgedSave[] = []
  readonly #child: ChildProcess
  readonly #ready: Promise<void>
  readonly #gone: Promise<NodeJS.Signals | null>
  #said = ''

  constructor(child: ChildProcess) {
    this.#child = child
    child.stdout?.on('data', (part: Buffer) => {
      this.#said += part.toString()
    })
    this.#ready = new Promise((resolve, reject) => {
      child.once('message', () => resolve())
      child.once('exit', (code) => reject(new Error(`The worker ended with ${code} before it was ready.`)))
    })
    this.#ready.catch(() => undefined)
    // 'close' comes after the last byte of its output.
    this.#gone = new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)))
  }

  async command(command: KillCommand): Promise<CommandEnd> {
    await this.#ready
    const answered = new Promise<{ done: boolean; points?: string[]; saves?: AcknowledgedSave[]; error?: string }>(
      (resolve) => this.#child.once('message', resolve as (message: unknown) => void),
    )
    this.#child.send(command)
    const end = await Promise.race([answered, this.#gone])
    if (typeof end === 'object' && end !== null) {
      this.saves.push(...(end.saves ?? []))
      if (end.done) return { points: end.points ?? [] }
      throw new Error(`${JSON.stringify(command).slice(0, 200)}: ${end.error}`)
    }
    const killed = this.#read()
    if (end !== 'SIGKILL' || killed === undefined) throw new Error(`The worker ended by itself (${end}).`)
    return { killed }
  }

  /** Ends it with SIGKILL, wherever it is. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL')
    await this.#gone
  }

  #read(): string | undefined {
    let killed: string | undefined
    for (const line of this.#said.split('\n').filter((one) => one !== '')) {
      const said = JSON.parse(line) as { killed?: string; save?: AcknowledgedSave }
      if (said.save !== undefined) this.saves.push(said.save)
      killed = said.killed ?? killed
    }
    this.#said = ''
    return killed
  }
}
