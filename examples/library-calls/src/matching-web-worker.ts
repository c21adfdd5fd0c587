import { serveMatching } from './matching-worker.ts'

/** The same for a page: new Worker(new URL('./matching-web-worker.ts', import.meta.url), { type: 'module' }). */
const serve = serveMatching((message) => self.postMessage(message))
self.onmessage = (event: MessageEvent) => serve(event.data)
