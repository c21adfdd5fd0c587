import { matchPolicy } from '@recon/core'
import { renderRun } from '../../core/src/match-lines.ts'
import { matchingSteps } from '../../core/src/matching/matching-engine.ts'
import { generateLabelledData } from './data/mixtures.ts'

const n = Number(process.argv[2])
const mix = process.argv[3] ?? 'everyday'
const cpu = () => {
  const c = process.cpuUsage()
  return c.user + c.system
}
const data = generateLabelledData(mix as any, n, 7)
console.log('generated', data.bankLines.length, data.bookEntries.length)
const steps = matchingSteps(data.bankLines, data.bookEntries, matchPolicy())
let t = cpu()
const t0 = t
const w0 = performance.now()
let name = 'start'
let out = ''
for (;;) {
  const s = steps.next()
  const now = cpu()
  out += name + ' ' + (((now - t) / 1000) | 0) + '  '
  t = now
  if (s.done) {
    const r = renderRun(s.value)
    out += 'render ' + (((cpu() - t) / 1000) | 0) + ' items ' + r.items.length + ' matches ' + r.matches.length
    break
  }
  name = s.value.step
}
console.log(out)
console.log(
  'total cpu',
  (((cpu() - t0) / 1000) | 0) + 'ms wall',
  (performance.now() - w0) | 0,
  'maxRSS MB',
  (process.resourceUsage().maxRSS / 1024) | 0,
)
