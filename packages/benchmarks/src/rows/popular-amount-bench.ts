import { matchLines, matchPolicy } from '@recon/core'
import { LabelledWorld } from '../labelled/labelled-world.ts'
import { readingLinks } from './engine-bench.ts'

/** Row 4: no references; one line in ten has the same amount on the same day. Only the group and scored passes have work. */
export function popularAmountRun(size: number, names: number): string {
  const world = new LabelledWorld(4, 90)
  const { random } = world
  const pool = Array.from({ length: names }, (_, at) => `${world.company()} ${at}`)
  for (let at = 0; at < size; at++) {
    const popular = random.chance(0.1)
    const minor = popular ? 4999 : random.between(100, 90_000_000)
    const day = popular ? 40 : world.day()
    const name = random.pick(pool)
    world.line({ minor, day, counterparty: { name: name.toUpperCase() } })
    world.entry({ minor, day, counterparty: { name } })
  }
  const before = process.memoryUsage().rss
  const start = performance.now()
  const startCpu = process.cpuUsage()
  const run = matchLines(
    { bankLines: random.shuffle(world.lines), bookEntries: random.shuffle(world.entries) },
    matchPolicy(),
  )
  const wall = performance.now() - start
  const used = process.cpuUsage(startCpu)
  const peakMiB = process.resourceUsage().maxRSS / 1024
  return JSON.stringify({
    lines: size,
    entries: size,
    wall,
    cpu: (used.user + used.system) / 1000,
    inputMiB: before / 2 ** 20,
    peakMiB,
    linksCpu: readingLinks(run),
    automatic: run.stats.automatic,
    proposed: run.stats.proposed,
    items: run.items.length,
  })
}
