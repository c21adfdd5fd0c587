import { once } from 'node:events'
import type { CommandIo } from './command.ts'

/** The process's own streams. A reader that goes away (`| head`) ends the process quietly. */
export function terminal(): CommandIo {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    out: async (text) => {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    },
    err: (text) => {
      process.stderr.write(text)
    },
    interactive: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? process.stderr.columns ?? 100,
    now: () => performance.now(),
    stopped: () =>
      new Promise((resolve) => {
        process.once('SIGINT', () => resolve())
        process.once('SIGTERM', () => resolve())
      }),
    environment: process.env,
  }
}
