import { startWorkbench } from './src/server/start-workbench.ts'

await startWorkbench(process.argv.slice(2), process.env)
