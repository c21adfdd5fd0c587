import { defineConfig } from 'tsup'

/**
 * One output per module, so that a bundler takes only what a host uses: in one file the top-level schemas of the catalogue and
 * the policy would come along with every import (54 KB instead of 3 KB, gzipped, for `contingencyFee`).
 */
export default defineConfig({
  entry: ['src/**/*.ts', '!src/**/*.test.ts'],
  format: ['esm'],
  splitting: true,
  dts: { entry: { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' } },
  clean: true,
  sourcemap: true,
})
