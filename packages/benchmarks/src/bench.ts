import { parseArgs } from 'node:util'
import { qualityBench } from './quality/quality-bench.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    seeds: { type: 'string' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    disguised: { type: 'boolean', default: false },
  },
})

const name = positionals[0] ?? 'quality'
if (name === 'quality') {
  const seeds = (values.seeds ?? '1,2,3').split(',').map(Number)
  const size = Number(values.size ?? 4000)
  process.stdout.write(
    `${qualityBench({ size, seeds, verbose: values.verbose, disguised: values.disguised, ...(values.only === undefined ? {} : { only: values.only }) })}\n`,
  )
} else {
  process.stderr.write(`No benchmark is called "${name}".\n`)
  process.exitCode = 2
}
