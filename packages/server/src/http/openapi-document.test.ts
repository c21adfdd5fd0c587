import { contract, routes } from '@recon/client'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { openapiDocument } from './openapi-document.ts'

type Operation = {
  operationId: string
  parameters: { name: string; in: string; schema?: object }[]
  responses: Record<string, object>
}
const document = JSON.parse(JSON.stringify(openapiDocument('1.2.3'))) as {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

it('names every route once, with its path parameters declared', () => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).map((operation) => ({ path, operation })),
  )
  const wanted = Object.entries(routes).flatMap(([group, members]) =>
    Object.keys(members).map((name) => `${group}.${name}`),
  )
  expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(wanted.sort())
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
    const declared = operation.parameters
      .filter((one) => one.in === 'path')
      .map((one) => one.name)
      .sort()
    expect(declared, path).toEqual(inPath)
    expect(Object.keys(operation.responses)).toContain('default')
    for (const one of operation.parameters) expect(one.schema, `${path} ${one.name}`).toBeTypeOf('object')
  }
})

it('is OpenAPI 3.1 whose references all lead somewhere', () => {
  expect(document.openapi).toBe('3.1.0')
  const text = JSON.stringify(document)
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name)
  }
  for (const [, target] of text.matchAll(/"\$ref":"([^"]+)"/g))
    expect(target).toMatch(/^#\/components\/schemas\/|^#$|^#\//)
})

it('has schemas for every route of the contract', () => {
  for (const [group, members] of Object.entries(routes)) {
    for (const name of Object.keys(members)) {
      expect((contract as Record<string, Record<string, unknown>>)[group]?.[name], `${group}.${name}`).toBeTypeOf(
        'object',
      )
    }
  }
})

it("passes a validator that is not ours, by the standard's own schema", async () => {
  const judge = async (one: unknown) => new Validator().validate(structuredClone(one) as Record<string, unknown>)
  const found = await judge(document)
  expect(found.errors).toBeUndefined()
  expect(found.valid).toBe(true)
  const [path = ''] = Object.keys(document.paths)
  const broken = { ...document, paths: { ...document.paths, [path]: { get: { responses: 'none' } } } }
  expect((await judge(broken)).valid).toBe(false)
})
