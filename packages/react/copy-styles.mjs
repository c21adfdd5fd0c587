// After tsup, which clears hand-written declarations from dist.
import { copyFileSync, writeFileSync } from 'node:fs'

copyFileSync('src/styles.css', 'dist/styles.css')
writeFileSync('dist/styles.css.d.ts', 'export {}\n')
