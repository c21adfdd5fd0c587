import { matchLines, matchPolicy } from '@recon/core'
import { generateLabelledData, type MixtureName } from '../labelled/mixtures.ts'

/** Rows 3 and 8: one full run over objects, in a process of its own (`bench.ts engine-run`). Prints JSON. */
export function engineRun(mixture: MixtureName, size: number): string {
  const data = generateLabelledData(mixture, size, 3)
  const before = process.memoryUsage().rss
  const start = performance.now()
  const startCpu = process.cpuUsage()
  const run = matchLines(data, matchPolicy())
  const wall = performance.now() - start
  const used = process.cpuUsage(startCpu)
  return JSON.stringify({
    lines: data.bankLines.length,
    entries: data.bookEntries.length,
    wall,
    cpu: (used.user + used.system) / 1000,
    inputMiB: before / 2 ** 20,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    automatic: run.stats.automatic,
    proposed: run.stats.proposed,
    items: run.items.length,
  })
}
