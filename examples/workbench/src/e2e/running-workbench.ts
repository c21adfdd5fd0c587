import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../../..')
const workbench = join(root, 'examples/workbench')

export interface RunningWorkbench {
  readonly address: string
  /** Stops the process as Ctrl+C does, and starts another on the same data. */
  readonly restart: () => Promise<RunningWorkbench>
  readonly stop: () => Promise<void>
}

/** The browser part as `pnpm build` left it; built from the sources where nobody has. */
function buildIfMissing(): void {
  if (existsSync(join(workbench, 'dist/index.html'))) return
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const built = spawnSync(process.execPath, [vite, 'build'], {
    cwd: workbench,
    env: { ...process.env, RECON_SOURCE: '1' },
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`The workbench could not be built: ${built.stderr}`)
}

async function launch(data: string): Promise<{ child: ChildProcess; address: string }> {
  // the samples are of November 2026: what the tests see does not depend on the day they run
  const settings = ['--port', '0', '--data', data, '--now', '2026-11-21T09:00:00Z']
  const words = ['--conditions=recon-source', join(workbench, 'server.ts'), ...settings]
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (piece: Buffer) => {
      said.push(piece.toString())
      const found = /http:\/\/localhost:\d+/.exec(said.join(''))
      if (found) resolve(found[0])
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => reject(new Error(`The workbench ended with ${code}: ${said.join('')}`)))
  })
  return { child, address }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** The workbench as `npm start` serves it, on a port and a folder of its own. */
export async function runWorkbench(folder?: string): Promise<RunningWorkbench> {
  buildIfMissing()
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'recon-workbench-')))
  const { child, address } = await launch(data)
  return {
    address,
    restart: async () => {
      await ended(child)
      return runWorkbench(data)
    },
    stop: async () => {
      await ended(child)
      await rm(data, { recursive: true, force: true })
    },
  }
}
