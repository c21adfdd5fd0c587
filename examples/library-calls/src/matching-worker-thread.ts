import { parentPort } from 'node:worker_threads'
import { serveMatching } from './matching-worker.ts'

/** The worker of `match-in-worker.ts`: new Worker(new URL('./matching-worker-thread.ts', import.meta.url)). */
const port = parentPort
if (port !== null)
  port.on(
    'message',
    serveMatching((message) => port.postMessage(message)),
  )
