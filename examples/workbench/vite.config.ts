import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const sources = process.env.RECON_SOURCE === '1' ? { conditions: ['recon-source', 'module', 'browser', 'import'] } : {}

export default defineConfig({
  plugins: [react()],
  resolve: sources,
  build: { outDir: 'dist', sourcemap: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: { proxy: { '/recon': 'http://127.0.0.1:4471', '/workbench': 'http://127.0.0.1:4471' } },
})
