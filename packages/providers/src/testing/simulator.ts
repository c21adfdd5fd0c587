import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a simulator sees it, body read. */
export interface SimulatedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
  readonly text: string
}

export interface SimulatedResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * Something that goes wrong with the next matching request. LOST_BEFORE: it never arrived. LOST_AFTER: it was carried out,
 * and the answer got lost. STATUS: it was refused with this answer and nothing was done.
 */
export type SimulatedFault = { readonly matches?: (request: SimulatedRequest) => boolean } & (
  | { readonly kind: 'LOST_BEFORE' | 'LOST_AFTER' }
  | { readonly kind: 'STATUS'; readonly response: SimulatedResponse }
)

export interface Simulator {
  /** Give it to a provider's `fetch` option: no network is used. */
  readonly fetch: typeof fetch
  /** Every request that arrived, in order. */
  readonly requests: readonly SimulatedRequest[]
  readonly failNext: (fault: SimulatedFault) => void
  /** From now on every request is answered with this and nothing is done; null ends it. */
  readonly setOutage: (answer: SimulatedResponse | null) => void
  /** The same simulator over HTTP on the loopback interface. `controls` answers what comes under `/_simulator`. */
  readonly serve: (
    port?: number,
    controls?: SimulatorHandler,
  ) => Promise<{ readonly url: string; readonly close: () => Promise<void> }>
}

export type SimulatorHandler = (request: SimulatedRequest) => SimulatedResponse | Promise<SimulatedResponse>

const lost = (): DOMException => new DOMException('The simulated connection timed out.', 'TimeoutError')

/** What a simulator has in mind, as plain data for `structuredClone` or a file: give it to the next one as `resume`. */
export type SimulatorMemory = Readonly<Record<string, unknown>>

/** A copy of a simulator's state without what each one is given anew: its clock, and its secrets. */
export function memoryOf(state: object, givenAnew: readonly string[]): SimulatorMemory {
  return structuredClone(Object.fromEntries(Object.entries(state).filter(([name]) => !givenAnew.includes(name))))
}

/** Wraps a stateful handler as a `fetch` and as a server, with faults on demand. */
export function createSimulator(handler: SimulatorHandler): Simulator {
  const requests: SimulatedRequest[] = []
  const faults: SimulatedFault[] = []
  let outage: SimulatedResponse | null = null

  const handle = async (request: SimulatedRequest): Promise<SimulatedResponse | undefined> => {
    const index = faults.findIndex((fault) => fault.matches?.(request) ?? true)
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0]
    if (fault?.kind === 'LOST_BEFORE') return undefined
    requests.push(request)
    if (outage !== null) return outage
    if (fault?.kind === 'STATUS') return fault.response
    const response = await handler(request)
    return fault?.kind === 'LOST_AFTER' ? undefined : response
  }

  return {
    requests,
    failNext: (fault) => void faults.push(fault),
    setOutage: (answer) => {
      outage = answer
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      const body = new Uint8Array(await request.arrayBuffer())
      const response = await handle({
        method: request.method,
        url: new URL(request.url),
        headers: request.headers,
        body,
        text: new TextDecoder().decode(body),
      })
      if (response === undefined) throw lost()
      return new Response(response.status === 204 ? null : (response.body ?? ''), {
        status: response.status,
        headers: response.headers ?? {},
      })
    },
    serve: (port = 0, controls) => {
      const isControl = ({ url }: SimulatedRequest) => url.pathname.startsWith('/_simulator')
      return serveSimulator(
        async (request) => (controls && isControl(request) ? controls(request) : handle(request)),
        port,
      )
    },
  }
}

async function serveSimulator(
  handle: (request: SimulatedRequest) => Promise<SimulatedResponse | undefined>,
  port: number,
) {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = new Uint8Array(Buffer.concat(chunks))
    const headers = new Headers()
    for (const [name, value] of Object.entries(incoming.headers))
      if (value !== undefined) headers.set(name, String(value))
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? '127.0.0.1'}`)
    const response = await handle({
      method: incoming.method ?? 'GET',
      url,
      headers,
      body,
      text: new TextDecoder().decode(body),
    })
    if (response === undefined) return void incoming.socket.destroy()
    outgoing.writeHead(response.status, response.headers ?? {})
    outgoing.end(response.body ?? '')
  }
  const server: Server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'Content-Type': 'text/plain' })
      outgoing.end(error instanceof Error ? error.message : 'unknown')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function jsonResponse(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): SimulatedResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
}
