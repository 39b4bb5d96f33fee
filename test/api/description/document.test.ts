// The OpenAPI document: by the rules of OpenAPI 3.1 and JSON Schema, and against the table of routes.

import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { routeAccess } from '../../../core/access.ts'
import { describeApi, type DescribedOperation } from '../../../core/contract/openapi/document.ts'
import { operations, subjects } from '../../../core/contract/operations/all.ts'
import { shapes } from '../../../core/contract/operations/shapes.ts'
import { renderPage } from '../../../projections/description/page.ts'
import { root } from '../../house/sources.ts'

const document = describeApi(subjects, routeAccess, { url: 'https://errors.example.com', version: '0', shapes })
const described = Object.entries(document.paths).flatMap(([template, methods]) => Object.entries(methods).map(([method, operation]) => ({ template, method, operation })))

/** Every object in it, with its place. */
function* walk(value: unknown, place: string[] = []): Generator<{ place: string[]; value: Record<string, unknown> }> {
  if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* walk(one, [...place, String(index)])
  else if (typeof value === 'object' && value !== null) {
    yield { place, value: value as Record<string, unknown> }
    for (const [name, one] of Object.entries(value)) yield* walk(one, [...place, name])
  }
}

test('has the parts that OpenAPI 3.1 asks for, and survives JSON', () => {
  expect(document).toMatchObject({ openapi: '3.1.1', info: { title: 'Refold', version: '0' }, servers: [{ url: 'https://errors.example.com' }] })
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
})

test('every reference leads to something, and every component is used', () => {
  const references = [...walk(document)].flatMap(({ value }) => (typeof value.$ref === 'string' ? [value.$ref] : []))
  const find = (reference: string): unknown => reference.slice(2).split('/').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document)
  expect(references.filter((reference) => !reference.startsWith('#/components/') || find(reference) === undefined)).toEqual([])
  const used = new Set(references)
  expect(Object.keys(document.components.schemas).filter((name) => !used.has(`#/components/schemas/${name}`))).toEqual([])
  expect(references.length).toBeGreaterThan(100)
})

test('every operation has an id of its own, one subject that there is, and an answer', () => {
  const ids = described.map(({ operation }) => operation.operationId)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-zA-Z]\w+$/.test(id))).toEqual([])
  const tags = document.tags.map(({ name }) => name)
  expect(new Set(tags).size).toBe(tags.length)
  expect(described.filter(({ operation }) => !tags.includes(operation.tags[0]) || !Object.keys(operation.responses)[0]?.startsWith('2'))).toEqual([])
})

test('the parameters of a path are those that stand in it, and no query names one twice', () => {
  for (const { template, operation } of described) {
    const named = (place: string): string[] => operation.parameters.filter((parameter) => parameter.in === place).map(({ name }) => name)
    expect(named('path'), template).toEqual([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    expect(new Set(named('query')).size, template).toBe(named('query').length)
    expect(operation.parameters.filter((parameter) => parameter.in === 'path' && !parameter.required)).toEqual([])
  }
})

test('who may is said as the schemes allow it: the scopes of the table, and no token where only a person may', () => {
  for (const { template, method, operation } of described) {
    const access = routeAccess[`${method.toUpperCase()} ${template.replaceAll(/\{(\w+)\}/g, ':$1')}`]!
    const ways = operation.security.flatMap((way) => Object.keys(way))
    expect(ways.filter((way) => !(way in document.components.securitySchemes)), template).toEqual([])
    expect(ways.includes('token'), `${method} ${template}`).toBe(Array.isArray(access) || access === 'viewer')
    if (Array.isArray(access)) expect(operation['x-refold-scopes'], template).toEqual(access)
  }
})

/** What JSON Schema 2020-12 says about the keywords that may occur; any other keyword is a mistake. */
const jsonSchema: z.ZodType = z.lazy(() => z.union([z.boolean(), keywords]))
const types = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'] as const
const count = z.int().nonnegative()
const keywords = z.strictObject({
  $ref: z.string(), type: z.union([z.enum(types), z.array(z.enum(types)).min(1)]), properties: z.record(z.string(), jsonSchema), required: z.array(z.string()),
  additionalProperties: jsonSchema, propertyNames: jsonSchema, items: jsonSchema, prefixItems: z.array(jsonSchema).min(1), minItems: count, maxItems: count, anyOf: z.array(jsonSchema).min(1), oneOf: z.array(jsonSchema).min(1), allOf: z.array(jsonSchema).min(1),
  enum: z.array(z.unknown()).min(1), const: z.unknown(), minimum: z.number(), maximum: z.number(), exclusiveMinimum: z.number(), exclusiveMaximum: z.number(), minLength: count, maxLength: count,
  pattern: z.string().refine((text) => Boolean(new RegExp(text, 'u'))), format: z.string(), default: z.unknown(), description: z.string(), not: jsonSchema,
}).partial()

test('every schema is JSON Schema', () => {
  const schemas = [...walk(document)].flatMap(({ place, value }) => (typeof value.schema === 'object' ? [{ place, schema: value.schema }] : []))
  const all = [...schemas, ...Object.entries(document.components.schemas).map(([name, schema]) => ({ place: [name], schema }))]
  expect(all.length).toBeGreaterThan(300)
  expect(all.flatMap(({ place, schema }) => jsonSchema.safeParse(schema).error?.issues.map((issue) => `${place.join('/')} ${issue.path.join('.')}: ${issue.message}`) ?? [])).toEqual([])
})

test('no route is described twice, and what the rooms describe is all in it', async () => {
  const routes = subjects.flatMap((subject) => Object.keys(subject.operations))
  expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
  const folder = path.join(root, 'core/contract/operations')
  for (const file of readdirSync(folder).filter((name) => !['all.ts', 'shapes.ts'].includes(name))) {
    const exported = Object.entries((await import(path.join(folder, file))) as Record<string, object>)
    expect(exported.filter(([name, one]) => name.endsWith('Operations') && Object.keys(one).some((route) => !(route in operations))), file).toEqual([])
  }
})

test('what stands on the page is text, in a page of its own shape', () => {
  const hostile = { ...document, info: { ...document.info, description: '<script>alert(1)</script> `<b>` "&\'' } }
  const page = renderPage(hostile, 'refold')
  expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62; <code>&#60;b&#62;</code> &#34;&#38;&#39;')
  expect(page).not.toMatch(/<script|javascript:|\son\w+=|style=/i)
  const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!)
  expect(anchors.filter((id) => !page.includes(`id="${id}"`))).toEqual([])
  const shown = described.filter(({ template }) => !template.startsWith('/api/0/organizations/{org}/issues/{issue}/')).map(({ operation }: { operation: DescribedOperation }) => operation.operationId)
  expect(shown.filter((id) => !page.includes(`<article id="${id}">`))).toEqual([])
})
