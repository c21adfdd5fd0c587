import type { Endpoint } from '@recon/client'
import { ReconError } from '@recon/core'
import type * as z from 'zod'
import { sha256 } from '../store/digest.ts'
import { strictJson } from './strict-json.ts'

export const bodyLimit = 32 * 1024 * 1024
const pathLimit = 8 * 1024

/**
 * The bytes of a body, never more than the limit, whatever the declared length says.
 * @throws ReconError INPUT_TOO_LARGE
 */
export async function readBody(request: Request, limit: number = bodyLimit): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? '0')
  if (declared > limit) throw tooLarge(limit)
  if (request.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body) {
    size += part.byteLength
    if (size > limit) throw tooLarge(limit)
    parts.push(part)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes
}

export interface ReadInput {
  /** Path, search and body fields as one object, parsed by the endpoint's schemas. */
  readonly input: Record<string, unknown>
  /** Over method, path, search and body: what an idempotency key is bound to. */
  readonly requestHash: string
}

/** @throws ReconError REQUEST_INVALID naming the place, INPUT_TOO_LARGE */
export async function readInput(
  request: Request,
  endpoint: Endpoint,
  params: Readonly<Record<string, string>>,
): Promise<ReadInput> {
  const url = new URL(request.url)
  if (url.pathname.length + url.search.length > pathLimit) throw tooLarge(pathLimit)
  const input: Record<string, unknown> = {}
  if (endpoint.params !== undefined) Object.assign(input, parse(endpoint.params, params, 'path'))
  if (endpoint.query !== undefined) Object.assign(input, parse(endpoint.query, searchOf(url), 'search'))
  const parts = [request.method, url.pathname, url.search]
  if (endpoint.body !== undefined) {
    const bytes = await readBody(request)
    const type = request.headers.get('content-type') ?? ''
    if (!type.toLowerCase().startsWith('application/json')) {
      throw new ReconError('REQUEST_INVALID', 'Send the body as application/json.', { place: 'content-type' })
    }
    Object.assign(input, parse(endpoint.body, strictJson(bytes), 'body'))
    parts.push(sha256(bytes))
  }
  return { input, requestHash: sha256(parts.join('\n')) }
}

/** @throws ReconError REQUEST_INVALID for a parameter that comes twice */
function searchOf(url: URL): Record<string, string> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of url.searchParams) {
    if (name in found) {
      throw new ReconError('REQUEST_INVALID', `The parameter "${name.slice(0, 60)}" comes twice.`, {
        place: name.slice(0, 60),
      })
    }
    found[name] = value
  }
  return { ...found }
}

function parse(schema: z.ZodType, value: unknown, where: string): object {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data as object
  const issue = parsed.error.issues[0]
  const path = issue?.path.join('.') ?? ''
  throw new ReconError(
    'REQUEST_INVALID',
    `${where}${path === '' ? '' : ` ${path}`}: ${issue?.message ?? 'not valid'}`.slice(0, 500),
    {
      place: path === '' ? where : path.slice(0, 200),
    },
  )
}

function tooLarge(limit: number): ReconError {
  return new ReconError('INPUT_TOO_LARGE', `The request is larger than ${limit} bytes. Send it in parts.`, {
    place: 'body',
  })
}
