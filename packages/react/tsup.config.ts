import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', 'connected/index': 'src/connected/index.ts' },
  format: ['esm'],
  dts: true,
  clean: true,
  sourcemap: true,
  treeshake: false,
  banner: { js: "'use client'" },
})
