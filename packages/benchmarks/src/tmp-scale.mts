import { matchPolicy } from '@recon/core'
import { renderRun } from '../../core/src/match-lines.ts'
import { matchingSteps } from '../../core/src/matching/matching-engine.ts'
import { generateLabelledData } from './data/mixtures.ts'

const n = Number(process.argv[2])
const mix = process.argv[3] ?? 'everyday'
let t = performance.now()
const data = generateLabelledData(mix as any, n, 7)
console.log('generate', data.bankLines.length, data.bookEntries.length, ((performance.now() - t) | 0) + 'ms')
const steps = matchingSteps(data.bankLines, data.bookEntries, matchPolicy())
t = performance.now()
const t0 = t
let name = 'start'
for (;;) {
  const s = steps.next()
  const now = performance.now()
  console.log(name.padEnd(18), ((now - t) | 0) + 'ms')
  t = now
  if (s.done) {
    const r = renderRun(s.value)
    console.log('render', ((performance.now() - t) | 0) + 'ms', r.items.length, r.matches.length)
    break
  }
  name = s.value.step
}
console.log(
  'total',
  ((performance.now() - t0) | 0) + 'ms',
  'rss',
  ((process.memoryUsage().rss / 1e6) | 0) + 'MB',
  'max',
  (process.resourceUsage().maxRSS / 1024) | 0,
)
