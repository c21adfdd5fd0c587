import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { money } from '@recon/core'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { modernTreasury } from '../modern-treasury/modern-treasury.ts'
import { xero } from '../xero/xero.ts'

const specs = resolve(import.meta.dirname, '../../../../../shared/provider-specs')
const missing = 'the official specifications are not beside this repository'
const started: ChildProcess[] = []
const scratch = mkdtempSync(join(tmpdir(), 'recon-specs-'))

afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(scratch, { recursive: true, force: true })
})

interface Spec {
  readonly paths: Record<string, unknown>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The official specification, cut to the paths we call, behind a mock that checks requests and answers with its examples. */
async function mock(spec: Spec, wanted: (path: string) => boolean): Promise<string> {
  const file = join(scratch, `${started.length}.json`)
  const paths = Object.fromEntries(Object.entries(spec.paths).filter(([path]) => wanted(path)))
  writeFileSync(file, JSON.stringify({ ...spec, paths }))
  const port = await freePort()
  const command = resolve(import.meta.dirname, '../../node_modules/.bin/prism')
  const child = spawn(command, ['mock', file, '--port', String(port), '--host', '127.0.0.1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  await new Promise<void>((done, fail) => {
    let said = ''
    const read = (chunk: Buffer): void => {
      said += chunk.toString()
      if (said.includes('is listening')) done()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => fail(new Error(`the mock ended: ${said.slice(-500)}`)))
  })
  return `http://127.0.0.1:${port}`
}

describe('the official specification of Modern Treasury', () => {
  it('takes our requests, and its answers are read or refused by name', async (context) => {
    const file = join(specs, 'modern-treasury.openapi.json')
    if (!existsSync(file)) return context.skip(missing)
    const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec
    const url = await mock(spec, (path) =>
      /^\/api\/(transactions|transaction_line_items|payment_orders|expected_payments|incoming_payment_details|returns)(\/\{id\})?$/.test(
        path,
      ),
    )
    const seen: { readonly path: string; readonly status: number }[] = []
    const provider = modernTreasury({
      organizationId: 'org',
      apiKey: 'key-12345678',
      baseUrl: url,
      fetch: async (input, init) => {
        const request = new Request(input, init)
        const response = await fetch(request)
        seen.push({ path: `${request.method} ${new URL(request.url).pathname}`, status: response.status })
        return response
      },
    })
    // The example transaction is a discarded one.
    await expect(provider.bankFeed.fetchLines({ since: '2026-11-01' })).resolves.toMatchObject({
      lines: [],
      withdrawnLineIds: [expect.any(String)],
    })
    // Other examples hold literals that no real record has, such as the direction "string": what is unusable is named.
    for (const cursor of ['payment_orders|', 'expected_payments|', 'incoming_payment_details|', 'returns|']) {
      await provider.books
        .fetchEntries({ cursor })
        .catch((error: unknown) => expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' }))
    }
    await provider.writeback.confirmMatches?.({
      idempotencyKey: 'k',
      groups: [
        {
          reference: 'r',
          bankLineIds: ['497f6eca-6276-4993-bfeb-53cbbbba6f08'],
          bookEntryIds: ['ca0d524b-9f3b-4c67-83f8-cd93f5fb9069'],
        },
      ],
    })
    expect(seen.filter(({ status }) => status >= 400)).toEqual([])
    expect(seen.map(({ path }) => path)).toContain('POST /api/transaction_line_items')
    expect(seen.length).toBeGreaterThanOrEqual(7)
  }, 60_000)
})

describe('the official specification of Xero', () => {
  it('takes our requests, and its examples are read', async (context) => {
    const file = join(specs, 'xero_accounting.openapi.yaml')
    if (!existsSync(file)) return context.skip(missing)
    const spec = parse(readFileSync(file, 'utf8')) as Spec
    const url = await mock(spec, (path) => /^\/(Payments|Invoices)(\/\{\w+\})?$/.test(path))
    const statuses: number[] = []
    const provider = xero({
      tenantId: '11111111-2222-4333-8444-555555555555',
      clientId: 'client',
      clientSecret: 'secret',
      tokens: { load: async () => ({ accessToken: 'token' }), save: async () => undefined },
      homeCurrency: 'NZD',
      depositAccount: { code: '090' },
      baseUrl: 'https://api.example',
      fetch: async (input, init) => {
        const request = new Request(input, init)
        const { pathname, search } = new URL(request.url)
        const body = request.method === 'GET' ? {} : { body: await request.text() }
        const response = await fetch(`${url}${pathname.replace('/api.xro/2.0', '')}${search}`, {
          method: request.method,
          headers: request.headers,
          ...body,
        })
        statuses.push(response.status)
        return response
      },
    })
    const invoices = await provider.books.fetchEntries({})
    const payments = await provider.books.fetchEntries({ cursor: 'Payments:1' })
    expect([...invoices.entries, ...payments.entries].length).toBeGreaterThan(0)
    const posting = {
      idempotencyKey: 'k',
      invoiceId: '00000000-0000-0000-0000-000000000000',
      amount: money('100.00', 'NZD'),
      date: '2026-03-12',
      memo: 'm',
    }
    // The published example of an answer of 200 is a refused row, with Xero's own words in it.
    await expect(provider.writeback.postPayment?.(posting)).rejects.toMatchObject({
      code: 'PROVIDER_REJECTED',
      details: { status: 200 },
      message: expect.stringContaining('exceeds the amount outstanding'),
    })
    expect(statuses.filter((status) => status >= 400)).toEqual([])
  }, 120_000)
})
