import { createServer } from 'node:net'

const attempts = 50

async function isFree(port: number, hostname: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, hostname, () => probe.close(() => resolve(true)))
  })
}

async function anyPort(hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, hostname, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** The first free port from `wanted` upwards. `0` asks the system for any. */
export async function freePort(wanted: number, hostname: string): Promise<number> {
  if (wanted === 0) return anyPort(hostname)
  for (let port = wanted; port < Math.min(wanted + attempts, 65_536); port++) {
    if (await isFree(port, hostname)) return port
  }
  throw new Error(`No free port from ${wanted} to ${wanted + attempts - 1}. Stop something, or choose with --port N.`)
}
