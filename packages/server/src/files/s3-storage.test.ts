import { createHash, createHmac } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { s3Storage } from './s3-storage.ts'

const secretAccessKey = 'a-secret-of-the-test'
const settings = {
  endpoint: 'https://objects.example:9000',
  bucket: 'recon-files',
  region: 'eu-central-1',
  accessKeyId: 'KEY',
  secretAccessKey,
}

/** An object store in memory that checks every signature with its own code, from the published description of Signature V4. */
class ObjectStore {
  readonly objects = new Map<string, Uint8Array>()
  requests = 0
  failNext: number | Error | undefined
  pageSize = 1000

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input as Request, init)
    this.requests += 1
    const failure = this.failNext
    this.failNext = undefined
    if (failure instanceof Error) throw failure
    if (failure !== undefined) return new Response('', { status: failure })
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (!this.#signed(request, bytes)) return new Response('<Code>SignatureDoesNotMatch</Code>', { status: 403 })
    const url = new URL(request.url)
    const [, bucket, ...rest] = url.pathname.split('/')
    if (bucket !== settings.bucket) return new Response('', { status: 404 })
    const key = rest.join('/')
    if (key === '') return this.#list(url.searchParams)
    if (request.method === 'PUT') this.objects.set(key, bytes)
    if (request.method === 'DELETE') this.objects.delete(key)
    if (request.method !== 'GET') return new Response(null, { status: request.method === 'PUT' ? 200 : 204 })
    const found = this.objects.get(key)
    return found === undefined ? new Response('', { status: 404 }) : new Response(new Uint8Array(found))
  }

  #list(query: URLSearchParams): Response {
    const keys = [...this.objects.keys()]
      .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > (query.get('start-after') ?? ''))
      .sort()
    const page = keys.slice(0, this.pageSize)
    const contents = page.map(
      (key) => `<Contents><Key>${key}</Key><Size>${this.objects.get(key)?.byteLength}</Size></Contents>`,
    )
    return new Response(
      `<ListBucketResult><IsTruncated>${keys.length > page.length}</IsTruncated>${contents.join('')}</ListBucketResult>`,
    )
  }

  #signed(request: Request, body: Uint8Array): boolean {
    const parts =
      /Credential=KEY\/(\d{8})\/eu-central-1\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w+)/.exec(
        request.headers.get('authorization') ?? '',
      )
    const [, day = '', names = '', signature] = parts ?? []
    const bodyHash = createHash('sha256').update(body).digest('hex')
    if (request.headers.get('x-amz-content-sha256') !== bodyHash) return false
    const url = new URL(request.url)
    const headers = names
      .split(';')
      .map((name) => `${name}:${name === 'host' ? url.host : (request.headers.get(name) ?? '')}\n`)
      .join('')
    const query = [...url.searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join('&')
    const canonical = [request.method, url.pathname, query, headers, names, bodyHash].join('\n')
    const scope = `${day}/eu-central-1/s3/aws4_request`
    const hashed = createHash('sha256').update(canonical).digest('hex')
    const toSign = ['AWS4-HMAC-SHA256', request.headers.get('x-amz-date'), scope, hashed].join('\n')
    const sign = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
    const steps = [day, 'eu-central-1', 's3', 'aws4_request']
    const key = steps.reduce<string | Buffer>((last, step) => sign(last, step), `AWS4${secretAccessKey}`)
    return sign(key, toSign).toString('hex') === signature
  }
}

let store = new ObjectStore()
beforeEach(() => {
  store = new ObjectStore()
})
const files = (more = {}) => s3Storage({ ...settings, fetch: store.fetch, ...more })
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (content: Uint8Array) => new TextDecoder().decode(content)

describe('an object store', () => {
  it('keeps a report as one object and gives it back byte for byte', async () => {
    const content = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)
    await files({ prefix: 'books/recon/' }).write('dGVuYW50/report/r1', content)
    expect([...store.objects.keys()]).toEqual(['books/recon/dGVuYW50/report/r1'])
    expect(await files({ prefix: 'books/recon/' }).read('dGVuYW50/report/r1')).toEqual(content)
  })

  it('takes an upload part by part, a part again after a break, and reads it as one over pages of a listing', async () => {
    store.pageSize = 2
    const storage = files()
    for (const [offset, part] of [
      [0, 'aaa'],
      [3, 'bb'],
      [3, 'BBBB'],
      [7, 'c'],
      [8, 'd'],
    ] as const) {
      await storage.append('t/upload/u1', offset, bytes(part))
    }
    expect(text(await storage.read('t/upload/u1'))).toBe('aaaBBBBcd')
    await storage.remove('t/upload/u1')
    expect(store.objects.size).toBe(0)
    await expect(storage.read('t/upload/u1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('never gives out a file with a hole', async () => {
    const storage = files()
    await storage.append('t/upload/u2', 0, bytes('aaa'))
    await storage.append('t/upload/u2', 5, bytes('bbb'))
    await expect(storage.read('t/upload/u2')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  it('tells a wrong key from a store that does not answer, and no secret in either', async () => {
    await expect(files({ secretAccessKey: 'wrong' }).write('t/report/r', bytes('x'))).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    })
    expect(store.objects.size).toBe(0)
    for (const failure of [503, new TypeError('fetch failed')]) {
      store.failNext = failure
      const error = await files()
        .write('t/report/r', bytes('x'))
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect(String(error)).not.toContain(secretAccessKey)
    }
  })

  it.each(['../other', 'a/b/c/d/e', 'a b', '', 'x/../y'])('refuses the key "%s"', async (key) => {
    await expect(files().read(key)).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(store.requests).toBe(0)
  })

  it.each([
    { endpoint: 'ftp://objects.example' },
    { endpoint: 'https://user:pass@objects.example' },
    { endpoint: 'objects' },
    { bucket: 'Up/per' },
    { prefix: '../' },
  ])('refuses the configuration %o', (wrong) => {
    expect(() => files(wrong)).toThrow(/S3 endpoint/)
  })
})
