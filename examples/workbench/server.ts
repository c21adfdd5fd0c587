import { startWorkbench } from './src/server/start-workbench.ts'

try {
  await startWorkbench(process.argv.slice(2), process.env)
} catch (error) {
  console.error(`workbench: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
