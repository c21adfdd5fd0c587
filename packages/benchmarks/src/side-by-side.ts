/** One contender of a comparison. `prepare` is not timed; `run` returns what it found, so that contenders can be checked against each other. */
export interface Contender {
  readonly name: string
  readonly run: () => unknown | Promise<unknown>
}

export interface Measured {
  readonly name: string
  readonly wall: readonly number[]
  readonly cpu: readonly number[]
  readonly result: unknown
}

export interface Comparison {
  readonly title: string
  readonly rows: readonly Measured[]
}

const cpuMilliseconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Contenders in turn, A B A B, after one warm-up each: what disturbs the machine disturbs all of them. */
export async function sideBySide(title: string, contenders: readonly Contender[], rounds = 5): Promise<Comparison> {
  const wall = contenders.map((): number[] => [])
  const cpu = contenders.map((): number[] => [])
  const results: unknown[] = []
  for (let round = -1; round < rounds; round++) {
    for (const [at, contender] of contenders.entries()) {
      const startCpu = cpuMilliseconds()
      const start = performance.now()
      results[at] = await contender.run()
      if (round < 0) continue
      wall[at]?.push(performance.now() - start)
      cpu[at]?.push(cpuMilliseconds() - startCpu)
    }
  }
  return {
    title,
    rows: contenders.map(({ name }, at) => ({ name, wall: wall[at] ?? [], cpu: cpu[at] ?? [], result: results[at] })),
  }
}

const milliseconds = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1))

/** A table with medians, spreads, and every contender relative to the first. */
export function comparisonTable({ title, rows }: Comparison): string {
  const [first] = rows
  const own = first === undefined ? 0 : median(first.wall)
  const ownCpu = first === undefined ? 0 : median(first.cpu)
  return [
    `**${title}**`,
    '',
    '| contender | wall ms, median (min to max) | cpu ms, median | ours / theirs, wall | ours / theirs, cpu | result |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => {
      const wall = median(row.wall)
      const cpu = median(row.cpu)
      const range = `${milliseconds(Math.min(...row.wall))} to ${milliseconds(Math.max(...row.wall))}`
      return `| ${row.name} | ${milliseconds(wall)} (${range}) | ${milliseconds(cpu)} | ${(own / wall).toFixed(2)} | ${(ownCpu / cpu).toFixed(2)} | ${String(row.result)} |`
    }),
  ].join('\n')
}
