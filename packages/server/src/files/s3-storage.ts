import { ReconError } from '@recon/core'
import { AwsClient } from 'aws4fetch'
import { sha256 } from '../store/digest.ts'
import type { FileStorage } from './file-storage.ts'

export interface S3Options {
  /** Address of the service without the bucket: `https://s3.eu-central-1.amazonaws.com`, `https://minio.internal:9000`. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
  /** Put before every key, for a bucket that is shared: `recon/`. */
  readonly prefix?: string
  /** Milliseconds for one request, 30,000 by default. */
  readonly timeout?: number
  readonly fetch?: typeof globalThis.fetch
}

const keyPattern = /^[A-Za-z0-9_-]{1,100}(?:\/[A-Za-z0-9_-]{1,100}){0,3}$/
const prefixPattern = /^(?:[A-Za-z0-9_-]{1,60}\/){0,5}$/
const bucketPattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const offsetDigits = 15

/**
 * Files in an object store that speaks the S3 interface (Signature Version 4, path-style addresses). An object store cannot append: what
 * an upload brings part by part is kept part by part and read as one.
 * @throws ReconError CONFIGURATION_INVALID for an address, bucket or prefix that cannot be
 */
export function s3Storage(options: S3Options): FileStorage {
  const call = caller(options)
  const partKey = (key: string, offset: number): string => `${key}.parts/${String(offset).padStart(offsetDigits, '0')}`
  const parts = async (key: string): Promise<{ key: string; offset: number; size: number }[]> => {
    const found: { key: string; offset: number; size: number }[] = []
    let after = ''
    for (;;) {
      const page = listed(await (await call('GET', '', undefined, listQuery(`${key}.parts/`, after))).text())
      for (const one of page.objects) found.push({ ...one, offset: Number(one.key.slice(-offsetDigits)) })
      const last = page.objects.at(-1)
      if (!page.more || last === undefined) return found.sort((left, right) => left.offset - right.offset)
      after = last.key
    }
  }
  const prefix = options.prefix ?? ''
  const place = (key: string): string => {
    if (keyPattern.test(key)) return `${prefix}${key}`
    throw new ReconError('INTERNAL', 'A storage key is not of our making.', { place: 'key' })
  }
  return {
    append: async (key, offset, bytes) => {
      await call('PUT', partKey(place(key), offset), bytes)
    },
    write: async (key, bytes) => {
      await call('PUT', place(key), bytes)
    },
    read: async (key) => {
      const whole = await call('GET', place(key), undefined, undefined, true)
      if (whole.status !== 404) return new Uint8Array(await whole.arrayBuffer())
      const own = await parts(place(key))
      if (own.length === 0) throw new ReconError('NOT_FOUND', 'The file is not in the storage.')
      return joined(own, async (part) => new Uint8Array(await (await call('GET', part)).arrayBuffer()))
    },
    remove: async (key) => {
      for (const part of await parts(place(key))) await call('DELETE', part.key)
      await call('DELETE', place(key))
    },
  }
}

/** Parts in their order; a hole would be a file nobody sent. */
async function joined(
  parts: readonly { readonly key: string; readonly offset: number; readonly size: number }[],
  read: (key: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const last = parts.at(-1)
  const whole = new Uint8Array((last?.offset ?? 0) + (last?.size ?? 0))
  let end = 0
  for (const part of parts) {
    const bytes = await read(part.key)
    if (part.offset !== end || bytes.byteLength !== part.size) {
      throw new ReconError('STORE_UNAVAILABLE', 'A part of the file is missing in the storage.', { place: 'file' })
    }
    whole.set(bytes, end)
    end += bytes.byteLength
  }
  return whole
}

type Call = (
  method: 'GET' | 'PUT' | 'DELETE',
  key: string,
  body?: Uint8Array,
  query?: URLSearchParams,
  mayMiss?: boolean,
) => Promise<Response>

function caller(options: S3Options): Call {
  const base = baseOf(options)
  const { accessKeyId, secretAccessKey, sessionToken, region, timeout = 30_000 } = options
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    region,
    service: 's3',
    ...(sessionToken === undefined ? {} : { sessionToken }),
  })
  const fetchIt = options.fetch ?? globalThis.fetch
  return async (method, key, body, query, mayMiss = false) => {
    const url = `${base}${key === '' ? '' : `/${key}`}${query === undefined ? '' : `?${query.toString()}`}`
    const signed = await client.sign(url, {
      method,
      headers: { 'x-amz-content-sha256': sha256(body ?? new Uint8Array()) },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    })
    const response = await fetchIt(signed, { signal: AbortSignal.timeout(timeout), redirect: 'error' }).catch(
      (cause: unknown) => {
        throw new ReconError('STORE_UNAVAILABLE', 'The file storage does not answer. Nothing was changed. Try again.', {
          cause,
        })
      },
    )
    if (response.ok || (response.status === 404 && (mayMiss || method === 'DELETE'))) return response
    throw refused(response.status)
  }
}

function refused(status: number): ReconError {
  if (status === 401 || status === 403) {
    return new ReconError('CONFIGURATION_INVALID', 'The file storage refuses our key or the bucket.', {
      place: 'files',
    })
  }
  return new ReconError('STORE_UNAVAILABLE', `The file storage answered ${status}. Try again.`, { place: 'files' })
}

function baseOf({ endpoint, bucket, prefix = '' }: S3Options): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const web = url?.protocol === 'https:' || url?.protocol === 'http:'
  const plain = url !== undefined && web && url.username === '' && url.search === '' && url.hash === ''
  if (!plain || !bucketPattern.test(bucket) || !prefixPattern.test(prefix)) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      'Give an S3 endpoint (https://host), a bucket name, and a prefix such as recon/.',
      { place: 'files' },
    )
  }
  return `${url.href.replace(/\/$/, '')}/${bucket}`
}

function listQuery(prefix: string, after: string): URLSearchParams {
  return new URLSearchParams({
    'list-type': '2',
    'max-keys': '1000',
    prefix,
    ...(after === '' ? {} : { 'start-after': after }),
  })
}

/** Keys and sizes of a ListObjectsV2 answer. Our keys hold nothing that XML would escape. */
function listed(xml: string): { objects: { key: string; size: number }[]; more: boolean } {
  const objects = xml
    .split('<Contents>')
    .slice(1)
    .map((entry) => ({ key: between(entry, '<Key>', '</Key>'), size: Number(between(entry, '<Size>', '</Size>')) }))
  return { objects, more: xml.includes('<IsTruncated>true</IsTruncated>') }
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start)
  const to = text.indexOf(end, from)
  return from < 0 || to < 0 ? '' : text.slice(from + start.length, to)
}
