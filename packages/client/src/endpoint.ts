import type * as z from 'zod'

/** Who may call: a member of staff known to the host, a client with a portal session, a holder of a signed link, anyone. */
export type EndpointAudience = 'STAFF' | 'PORTAL' | 'SIGNED' | 'PUBLIC'

/** What travels over one route. The route itself (method and path) is in routes.ts, which holds no schema. */
export interface Endpoint {
  readonly summary: string
  readonly audience: EndpointAudience
  /** Parameters of the path, each a string. */
  readonly params?: z.ZodObject
  /** Search parameters of a GET. */
  readonly query?: z.ZodObject
  /** JSON body of a POST. */
  readonly body?: z.ZodType
  /** JSON of a 2xx answer. Absent where the answer is text or bytes: see `produces`. */
  readonly response?: z.ZodType
  /** Content type of an answer that is not JSON. */
  readonly produces?: string
  /** Content type of a request that is not JSON; it is then passed on as bytes. */
  readonly consumes?: string
  /** Status of success, 200 when absent. */
  readonly status?: 200 | 201 | 202 | 303
}

/** Keeps the exact schema types of an endpoint while checking its shape. */
export function endpoint<const Shape extends Endpoint>(shape: Shape): Shape {
  return shape
}
