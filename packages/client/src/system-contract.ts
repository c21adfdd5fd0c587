import * as z from 'zod'
import { endpoint } from './endpoint.ts'

export const systemContract = {
  health: endpoint({
    summary: 'Whether the process answers.',
    audience: 'PUBLIC',
    response: z.object({ status: z.literal('ok'), version: z.string() }),
  }),
  ready: endpoint({
    summary: 'Whether the database answers and its schema is the one this version expects; 503 otherwise.',
    audience: 'PUBLIC',
    response: z.object({
      status: z.enum(['ready', 'unavailable']),
      database: z.enum(['pglite', 'postgres']),
      schemaVersion: z.string().nullable(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string() })),
    }),
  }),
  openapi: endpoint({
    summary: 'This document.',
    audience: 'PUBLIC',
    response: z.record(z.string(), z.unknown()),
  }),
  session: endpoint({
    summary: 'Who the host says is calling.',
    audience: 'STAFF',
    response: z.object({ tenantId: z.string(), actorId: z.string(), roles: z.array(z.string()) }),
  }),
}
