import { contract, type Endpoint, problemSchema, type Route, routes } from '@recon/client'
import * as z from 'zod'

type Json = Record<string, unknown>

/** The contract as an OpenAPI 3.1 document: generated, so that it says what the handler does. */
export function openapiDocument(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const [group, members] of Object.entries(routes)) {
    for (const [name, route] of Object.entries(members as Record<string, Route>)) {
      const endpoint = (contract as unknown as Record<string, Record<string, Endpoint>>)[group]?.[name]
      if (endpoint === undefined) continue
      const item = paths[route.path] ?? {}
      item[route.method.toLowerCase()] = operation(group, name, route, endpoint)
      paths[route.path] = item
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Recon',
      version,
      description: 'The host backend of Recon. Paths are relative to where the handler is mounted.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/recon' }],
    tags: Object.keys(routes).map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        host: { type: 'http', scheme: 'bearer', description: 'Whatever the host application uses for its staff.' },
        portal: { type: 'apiKey', in: 'cookie', name: '__Host-recon-portal' },
      },
    },
  }
}

function operation(group: string, name: string, route: Route, endpoint: Endpoint): Json {
  const write = route.method === 'POST'
  return {
    operationId: `${group}.${name}`,
    tags: [group],
    summary: endpoint.summary,
    security: { STAFF: [{ host: [] }], PORTAL: [{ portal: [] }], SIGNED: [], PUBLIC: [] }[endpoint.audience],
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...(write && endpoint.audience === 'STAFF' ? [idempotencyParameter] : []),
    ],
    ...(endpoint.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(endpoint.body, 'input') } },
          },
        }),
    ...(endpoint.consumes === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [endpoint.consumes]: { schema: { type: 'string', format: 'binary' } } },
          },
        }),
    responses: {
      [endpoint.status ?? 200]: {
        description: 'Done',
        ...(endpoint.response === undefined
          ? { content: { [endpoint.produces ?? 'application/octet-stream']: { schema: { type: 'string' } } } }
          : { content: { 'application/json': { schema: jsonSchema(endpoint.response, 'output') } } }),
      },
      ...(route.decides ? { 409: problemAnswer('A rule refused, or the record was changed meanwhile') } : {}),
      default: problemAnswer('Not done, with a stable code'),
    },
  }
}

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The same for every repeat of one request: a repeat gets the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

function problemAnswer(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (schema === undefined) return []
  const json = jsonSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return json as Json
}
