import { context, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTelemetry } from './telemetry.ts'
import { bankLine } from './testing/desk-world.ts'
import { type ReconHarness, reconHarness } from './testing/recon-harness.ts'
import { openTestStore } from './testing/test-store.ts'

const exporter = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
let harness: ReconHarness
beforeAll(async () => {
  harness = reconHarness(await openTestStore(), { telemetry: openTelemetry(provider.getTracer('recon')) })
})
afterAll(async () => {
  await harness.close()
  await provider.shutdown()
})
beforeEach(() => exporter.reset())

const spans = () => exporter.getFinishedSpans().map((span) => [span.name, span.status.code, span.status.message])

it('makes a span of every request, use case and job, named by route and queue, with nothing a person wrote', async () => {
  const client = harness.client({ tenantId: 'traced', roles: ['ADMIN'] })
  await client.imports.create({ bankLines: [bankLine('very-private', '1.00')] })
  await client.items.get({ itemId: 'very-private-id' }).catch(() => undefined)
  await client.runs.create({ policy: 'cash-management', wait: false })
  await harness.recon.drain()
  const asker = { tenantId: 'traced', actor: { id: 'ann', roles: ['ADMIN'] } } as const
  await harness.recon.useCases.listRuns(asker, {})
  const names = spans().map(([name]) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'POST /imports',
      'recon.use-case imports.create',
      'GET /items/{itemId}',
      'recon.job run-match',
      'recon.job match-partition',
      'recon.use-case listRuns',
    ]),
  )
  const told = JSON.stringify(
    exporter.getFinishedSpans().map(({ name, attributes, status }) => [name, attributes, status]),
  )
  expect(told).not.toContain('very-private')
  expect(told).toContain('"http.response.status_code":404')
  expect(exporter.getFinishedSpans().find((span) => span.name === 'recon.use-case items.get')?.status).toEqual({
    code: 2,
    message: 'NOT_FOUND',
  })
})

it('stands under the span of the host, where there is one', async () => {
  const parent = provider.getTracer('host').startSpan('host')
  const telemetry = openTelemetry({
    startActiveSpan: (name, options, work) => {
      const span = provider.getTracer('recon').startSpan(name, options, trace.setSpan(context.active(), parent))
      return work(span)
    },
  })
  await telemetry.span('inner', {}, async () => undefined)
  expect(exporter.getFinishedSpans()[0]?.parentSpanContext?.spanId).toBe(parent.spanContext().spanId)
  await expect(telemetry.span('bad', {}, () => Promise.reject(new Error('secret words')))).rejects.toThrow('secret')
  expect(exporter.getFinishedSpans()[1]?.status).toEqual({ code: 2, message: 'UNKNOWN' })
})
