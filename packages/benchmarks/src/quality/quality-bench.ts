import { type MatchPolicy, matchLines, matchPolicy } from '@recon/core'
import { disguise, profileOf } from '../labelled/disguise.ts'
import { generateLabelledData, type MixtureName, mixtures } from '../labelled/mixtures.ts'
import { type QualityScore, scoreRun } from './score-run.ts'

const targets = {
  clean: { wrong: 0, f1: 0.97 },
  everyday: { wrong: 0.0005, f1: 0.97 },
  hard: { wrong: 0.0005, f1: 0.93 },
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

function summary(mixture: MixtureName, size: number, seed: number, score: QualityScore): string {
  return `| ${mixture} | ${size} | ${seed} | ${score.automaticLinks} | ${score.wrongAutomatic} (${percent(score.wrongAutomaticShare)}) | ${percent(score.mustAutomaticRecall)} | ${percent(score.flagRecall)} | ${percent(score.firstProposalPrecision)} | ${score.linkF1.toFixed(4)} | ${score.pairF1.toFixed(4)} | ${score.usedTwice} |`
}

function kindTable(score: QualityScore): string {
  const rows = score.kinds.map(
    (kind) =>
      `| ${kind.kind} | ${kind.labels} | ${kind.automatic} | ${kind.proposed} | ${kind.flagged} | ${kind.missed} | ${kind.wrongAutomatic} | ${kind.wrongFirst} |`,
  )
  return [
    '| kind | labels | automatic | first proposal | flagged | missed | wrong automatic | wrong first |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Runs every mixture over several seeds; prints a line per run and a table per kind of the first seed. */
export function qualityBench(
  options: {
    readonly size: number
    readonly seeds: readonly number[]
    readonly only?: string
    readonly verbose: boolean
    readonly disguised: boolean
  },
  policy: MatchPolicy = matchPolicy(),
): string {
  const lines = [
    '| mixture | lines | seed | automatic | wrong automatic | must-be-automatic recall | flag recall | first proposal precision | link F1 | pair F1 | used twice |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
  ]
  const tables: string[] = []
  for (const mixture of Object.keys(mixtures) as MixtureName[]) {
    if (options.only !== undefined && options.only !== mixture) continue
    for (const seed of options.seeds) {
      const plain = generateLabelledData(mixture, options.size, seed)
      const data = options.disguised ? disguise(plain, profileOf(seed), seed) : plain
      const score = scoreRun(matchLines(data, policy), data.labels)
      lines.push(summary(mixture, options.size, seed, score))
      if (options.disguised) tables.push(`seed ${seed}: ${Object.values(profileOf(seed)).join(', ')}`)
      if (seed === options.seeds[0]) {
        tables.push(
          `\n### ${mixture}, seed ${seed} (targets: wrong automatic ${percent(targets[mixture].wrong)}, link F1 ${targets[mixture].f1})\n\n${kindTable(score)}`,
        )
        if (options.verbose) tables.push(score.wrong.join('\n'))
      }
    }
  }
  return [...lines, ...tables].join('\n')
}
