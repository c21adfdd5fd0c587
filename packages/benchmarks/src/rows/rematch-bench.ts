import { createMatchingEngine, type MatchDelta, type MatchInput, matchPolicy } from '@recon/core'
import { generateLabelledData } from '../labelled/mixtures.ts'

const deltas = [0, 10, 100, 1000]
const warmUps = 3

interface Timed {
  readonly wall: number
  readonly cpu: number
}

function timed(work: () => unknown): Timed {
  const startCpu = process.cpuUsage()
  const start = performance.now()
  work()
  const used = process.cpuUsage(startCpu)
  return { wall: performance.now() - start, cpu: (used.user + used.system) / 1000 }
}

/** New lines and entries of the same mixture under ids of their own, and as many lines sent again unchanged. */
function deltaOf(input: MatchInput, count: number): MatchDelta {
  const fresh = generateLabelledData('everyday', Math.max(count, 1), 99)
  return {
    bankLines: [
      ...fresh.bankLines.slice(0, count).map((line) => ({ ...line, id: `N${line.id}` })),
      ...input.bankLines.slice(0, count),
    ],
    bookEntries: fresh.bookEntries.slice(0, count).map((entry) => ({ ...entry, id: `N${entry.id}` })),
  }
}

/** What `rematch` costs after a change of so many records, beside the match of everything. */
export function rematchBench(size: number): string {
  const { bankLines, bookEntries } = generateLabelledData('everyday', size, 3)
  const input = { bankLines, bookEntries }
  const engine = createMatchingEngine(matchPolicy())
  // Compiled first: what is compared is the work.
  for (let round = 0; round < warmUps; round++) engine.match(input)
  const full = timed(() => engine.match(input))
  const rows = deltas.map((count) => {
    engine.match(input)
    const delta = deltaOf(input, count)
    const again = timed(() => engine.rematch(delta))
    return `| ${count} new, ${count} unchanged | ${again.wall.toFixed(0)} | ${again.cpu.toFixed(0)} | ${(again.cpu / full.cpu).toFixed(2)} |`
  })
  return [
    `**rematch after a change, ${bankLines.length} lines and ${bookEntries.length} entries**`,
    '',
    '| change | wall ms | cpu ms | cpu / full match |',
    '|---|---|---|---|',
    `| full match | ${full.wall.toFixed(0)} | ${full.cpu.toFixed(0)} | 1.00 |`,
    ...rows,
  ].join('\n')
}
