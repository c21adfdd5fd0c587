import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { recon: 'src/recon.ts' },
  format: ['esm'],
  platform: 'node',
  target: 'node22',
  dts: false,
  clean: true,
  sourcemap: true,
  banner: { js: '#!/usr/bin/env node' },
})
