import { fileURLToPath } from 'node:url'
import { measuredProcess } from '../measured-process.ts'
import { median } from '../side-by-side.ts'

/** What `engine-run` and `popular-run` print. */
export interface EngineResult {
  readonly lines: number
  readonly entries: number
  readonly wall: number
  readonly cpu: number
  /** To read every link afterwards. */
  readonly linksCpu: number
  readonly inputMiB: number
  readonly peakMiB: number
  readonly automatic: number
  readonly proposed: number
  readonly items: number
}

const entry = fileURLToPath(new URL('../bench.ts', import.meta.url))

async function once(command: string, args: readonly string[]): Promise<EngineResult> {
  const run = await measuredProcess(
    process.execPath,
    ['--conditions=recon-source', '--max-old-space-size=8000', entry, command, ...args],
    { keep: true },
  )
  return JSON.parse(run.output) as EngineResult
}

/** Rows 3, 4 and 8: the engine at growing sizes, each run in a process of its own. */
export async function engineScaleBench(
  title: string,
  command: string,
  sizes: readonly number[],
  rounds: number,
  args: readonly string[] = [],
): Promise<string> {
  const lines = [
    `**${title}**`,
    '',
    '| lines | entries | wall ms, median (min to max) | cpu ms | times the row above: wall, cpu | cpu ms to read every link | peak MiB (input alone) | automatic | proposed |',
    '|---|---|---|---|---|---|---|---|---|',
  ]
  let above: { readonly wall: number; readonly cpu: number } | undefined
  for (const size of sizes) {
    const runs: EngineResult[] = []
    for (let round = 0; round < (size >= 1_000_000 ? Math.min(rounds, 2) : rounds); round++)
      runs.push(await once(command, ['--size', String(size), ...args]))
    const walls = runs.map((run) => run.wall)
    const wall = median(walls)
    const cpu = median(runs.map((run) => run.cpu))
    const links = median(runs.map((run) => run.linksCpu))
    const times = above === undefined ? '' : `${(wall / above.wall).toFixed(1)}, ${(cpu / above.cpu).toFixed(1)}`
    const [first] = runs
    if (first === undefined) continue
    lines.push(
      `| ${first.lines} | ${first.entries} | ${wall.toFixed(0)} (${Math.min(...walls).toFixed(0)} to ${Math.max(...walls).toFixed(0)}) | ${cpu.toFixed(0)} | ${times} | ${links.toFixed(0)} | ${median(runs.map((run) => run.peakMiB)).toFixed(0)} (${first.inputMiB.toFixed(0)}) | ${first.automatic} | ${first.proposed} |`,
    )
    above = { wall, cpu }
  }
  return lines.join('\n')
}
