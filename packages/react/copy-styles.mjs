// After tsup, which clears hand-written declarations from dist.
import { readFileSync, writeFileSync } from 'node:fs'
import { guardStyles } from './guard-styles.mjs'

const plain = readFileSync('src/styles.css', 'utf8')
writeFileSync('dist/styles.css', guardStyles(plain))
writeFileSync('dist/styles.plain.css', plain)
for (const name of ['styles', 'styles.plain']) writeFileSync(`dist/${name}.css.d.ts`, 'export {}\n')
