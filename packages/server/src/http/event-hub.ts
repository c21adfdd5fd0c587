import type { Store } from '../store/store.ts'

type Listener = (topics: readonly string[]) => void

/** Committed changes of all processes, handed to the open streams of their tenant. */
export class EventHub {
  readonly #store: () => Promise<Store>
  #listeners = new Map<string, Set<Listener>>()
  #stop: (() => Promise<void>) | undefined
  #starting: Promise<void> | undefined

  constructor(store: () => Promise<Store>) {
    this.#store = store
  }

  async #start(): Promise<void> {
    const store = await this.#store()
    this.#stop = await store.listen((payload) => {
      const message = readMessage(payload)
      for (const listener of this.#listeners.get(message?.tenantId ?? '') ?? []) listener(message?.topics ?? [])
    })
  }

  /** A stream of server-sent events. It says only what changed: readers ask for the rest with their own rights. */
  async stream(tenantId: string, signal: AbortSignal): Promise<Response> {
    this.#starting ??= this.#start()
    await this.#starting
    const listeners = this.#listeners.get(tenantId) ?? new Set<Listener>()
    this.#listeners.set(tenantId, listeners)
    const encoder = new TextEncoder()
    let end = () => undefined as unknown
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const write = (text: string) => controller.enqueue(encoder.encode(text))
        const listener: Listener = (topics) => write(`event: change\ndata: ${JSON.stringify({ topics })}\n\n`)
        const beat = setInterval(() => write(': beat\n\n'), 15_000)
        beat.unref()
        end = () => {
          clearInterval(beat)
          listeners.delete(listener)
        }
        listeners.add(listener)
        write('retry: 3000\n\n')
        signal.addEventListener('abort', () => {
          end()
          controller.close()
        })
      },
      cancel: () => {
        end()
      },
    })
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    })
  }

  async close(): Promise<void> {
    await this.#stop?.()
    this.#stop = undefined
    this.#starting = undefined
    this.#listeners = new Map()
  }
}

function readMessage(payload: string): { tenantId: string; topics: readonly string[] } | undefined {
  try {
    const value: unknown = JSON.parse(payload)
    const { tenantId, topics } = value as { tenantId?: unknown; topics?: unknown }
    return typeof tenantId === 'string' && Array.isArray(topics) ? { tenantId, topics: topics.map(String) } : undefined
  } catch {
    return undefined
  }
}
