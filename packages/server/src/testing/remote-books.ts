import { createServer } from 'node:http'
import { type Provider, ReconError } from '@recon/core'
import type { MemoryBooks } from './memory-books.ts'

type Writes = 'postPayment' | 'reversePayment' | 'createTransfer'

/** Books in another process, over loopback HTTP: they stand while the processes that write to them are killed. */
export async function serveBooks(books: MemoryBooks): Promise<{ url: string; stop: () => Promise<void> }> {
  const { writeback, transfers } = books.provider
  const methods = {
    postPayment: writeback?.postPayment,
    reversePayment: writeback?.reversePayment,
    createTransfer: transfers?.createTransfer,
  } as Record<string, ((input: unknown) => Promise<unknown>) | undefined>
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const input: unknown = JSON.parse(Buffer.concat(parts).toString())
      const method = methods[(request.url ?? '').slice(1)]
      const answer = method === undefined ? Promise.reject(new Error('no such write')) : method(input)
      answer.then(
        (receipt) => response.end(JSON.stringify(receipt)),
        () => response.writeHead(503).end(),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The provider for those books. `step` hears before a write leaves and when its answer is there. */
export function remoteBooks(url: string, step: (point: string) => void): Provider {
  const write = async (name: Writes, input: unknown) => {
    step(`books.before ${name}`)
    const response = await fetch(`${url}/${name}`, { method: 'POST', body: JSON.stringify(input) }).catch(
      () => undefined,
    )
    step(`books.after ${name}`)
    if (response?.ok !== true) {
      throw new ReconError('PROVIDER_UNAVAILABLE', 'The books do not answer.', {
        provider: 'memory-books',
        retryable: true,
      })
    }
    return (await response.json()) as { state: 'DONE'; externalId: string }
  }
  return {
    name: 'memory-books',
    writeback: {
      postPayment: (input) => write('postPayment', input),
      reversePayment: (input) => write('reversePayment', input),
    },
    transfers: {
      createTransfer: (input) => write('createTransfer', input),
      reverseTransfer: async ({ transferId }) => ({ state: 'DONE', externalId: transferId }),
    },
  }
}
