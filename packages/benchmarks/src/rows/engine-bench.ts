import { type MatchRun, matchLines, matchPolicy } from '@recon/core'
import { generateLabelledData, type MixtureName } from '../labelled/mixtures.ts'

/** Milliseconds of cpu to read every link of a run: a link is rendered when its item is opened. */
export function readingLinks(run: MatchRun): number {
  const start = process.cpuUsage()
  for (const match of run.matches) if (match.id === '') throw new Error('A link has no id.')
  const used = process.cpuUsage(start)
  return (used.user + used.system) / 1000
}

/** Rows 3 and 8: one full run over objects, in a process of its own (`bench.ts engine-run`). Prints JSON. */
export function engineRun(mixture: MixtureName, size: number): string {
  // The labels are no part of the input: they are let go.
  const { bankLines, bookEntries } = generateLabelledData(mixture, size, 3)
  const before = process.memoryUsage().rss
  const start = performance.now()
  const startCpu = process.cpuUsage()
  const run = matchLines({ bankLines, bookEntries }, matchPolicy())
  const wall = performance.now() - start
  const used = process.cpuUsage(startCpu)
  const peakMiB = process.resourceUsage().maxRSS / 1024
  return JSON.stringify({
    lines: bankLines.length,
    entries: bookEntries.length,
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
