export type SpanFacts = Readonly<Record<string, string | number | boolean>>

/** Where spans go: around requests, use cases and jobs. Names and facts hold no id of a record and nothing a person wrote. */
export interface Telemetry {
  readonly span: <Result>(name: string, facts: SpanFacts, work: (say: SaySpan) => Promise<Result>) => Promise<Result>
}

/** Adds facts to the running span, or marks it as failed. */
export interface SaySpan {
  readonly fact: (name: string, value: string | number | boolean) => void
  readonly failed: (reason: string) => void
}

const silence: SaySpan = { fact: () => undefined, failed: () => undefined }
export const noTelemetry: Telemetry = { span: (_name, _facts, work) => work(silence) }

/** The part of a span of @opentelemetry/api that is used. */
interface OtelSpan {
  setAttribute(name: string, value: string | number | boolean): unknown
  setStatus(status: { code: number; message?: string }): unknown
  end(): void
}

/** The part of a tracer of @opentelemetry/api that is used; any version of it fits. */
export interface OtelTracer {
  startActiveSpan<Result>(
    name: string,
    options: { attributes?: Record<string, string | number | boolean> },
    work: (span: OtelSpan) => Result,
  ): Result
}

const errorStatus = 2

/**
 * Spans by OpenTelemetry: `openTelemetry(trace.getTracer('recon'))` with `trace` of @opentelemetry/api. The package itself is the
 * host's; nothing of it is needed here. A span whose work throws is marked with the code of the error, never with its text.
 */
export function openTelemetry(tracer: OtelTracer): Telemetry {
  return {
    span: (name, facts, work) =>
      tracer.startActiveSpan(name, { attributes: { ...facts } }, async (span) => {
        const failed = (message: string) => void span.setStatus({ code: errorStatus, message })
        try {
          return await work({ fact: (key, value) => void span.setAttribute(key, value), failed })
        } catch (error) {
          failed(codeOf(error))
          throw error
        } finally {
          span.end()
        }
      }),
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' ? code : 'UNKNOWN'
}
