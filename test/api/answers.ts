// Every answer that a test of the API gets goes through the schema that its operation shows to the world: nothing missing, nothing
// beside it.

import { z } from 'zod'
import { routeAccess } from '../../core/access.ts'
import { operations } from '../../core/contract/operations/all.ts'

const routes = Object.keys(routeAccess)
  .filter((route) => route.includes(' /api/0/'))
  .map((route) => {
    const [method, path] = route.split(' ') as [string, string]
    return { route, method, pattern: new RegExp(`^${path.replace(/\/$/, '').replace(/:\w+/g, '[^/]+')}/?$`), parameters: path.split(':').length }
  })
  // `releases/stats/` is no release.
  .toSorted((a, b) => a.parameters - b.parameters)

/** The route that a path with or without a query belongs to, as core/access.ts writes it. */
export function findRoute(method: string, path: string): string | undefined {
  const plain = path.split('?', 1)[0]!
  return routes.find((route) => route.method === method && route.pattern.test(plain))?.route
}

/** Throws with the places that differ. `body`: parsed JSON. */
export function checkAnswer(method: string, path: string, status: number, body: unknown): void {
  if (!path.startsWith('/api/0/')) return
  const answer = status >= 300 ? problem : operations[findRoute(method, path) ?? '']?.answer
  const read = answer && strictly(answer).safeParse(body)
  if (!read || read.success) return
  const places = read.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || '(all of it)'}: ${issue.message}`)
  throw new Error(`${method} ${path} answered ${status}, and not what its operation says:\n${places.join('\n')}\n${JSON.stringify(body).slice(0, 500)}`)
}

/** A sentence, with more beside it where sentry-cli never asks, or a list of sentences per field. */
const problem = z.union([z.looseObject({ detail: z.string().min(1) }), z.record(z.string(), z.array(z.string().min(1)).min(1))])

const made = new WeakMap<z.ZodType, z.ZodType>()

/** The same schema, in which no object may hold more than it says, however deep it lies. Loose objects and records stay open. */
export function strictly(schema: z.ZodType): z.ZodType {
  let strict = made.get(schema)
  if (!strict) made.set(schema, (strict = tighten(schema)))
  return strict
}

type Parts = {
  type: string; shape?: Record<string, z.ZodType>; catchall?: z.ZodType; element?: z.ZodType; innerType?: z.ZodType; valueType?: z.ZodType
  options?: z.ZodType[]; items?: z.ZodType[]; rest?: z.ZodType | null
}

function tighten(schema: z.ZodType): z.ZodType {
  const parts = schema.def as unknown as Parts
  const { shape, element, innerType, valueType, options, items, rest } = parts
  const inner: Partial<Parts> = {
    ...(shape && { shape: Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, strictly(field)])), catchall: parts.catchall ?? z.never() }),
    ...(element && { element: strictly(element) }),
    ...(innerType && { innerType: strictly(innerType) }),
    ...(valueType && { valueType: strictly(valueType) }),
    ...(options && { options: options.map(strictly) }),
    ...(items && { items: items.map(strictly) }),
    ...(rest && { rest: strictly(rest) }),
  }
  return Object.keys(inner).length === 0 ? schema : schema.clone({ ...parts, ...inner } as unknown as z.ZodType['def'])
}
