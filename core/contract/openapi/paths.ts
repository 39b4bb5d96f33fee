// Paths as the document writes them, the names of operations, and what each path and query takes.

import type { z } from 'zod'
import type { Operation } from '../operation.ts'
import type { JsonSchema } from './schemas.ts'

export type Parameter = { name: string; in: 'path' | 'query'; required: boolean; description?: string; schema: JsonSchema }

/** What stands in a path, by its name in the table of routes. */
const pathParameters: Record<string, string> = {
  org: 'Slug of the organization.', project: 'Slug or id of a project.', team: 'Any name: there are no teams.', issue: 'Id or short id of an issue.',
  event: 'Id of an event, 32 hex digits.', key: 'Id of a key, or the name of a tag.', generation: 'Id of a generation.', comment: 'Id of a comment.',
  attachment: 'Id of an attachment.', version: 'Version of a release, percent-encoded.', member: 'Id of a member, or `me`.', token: 'Id of a token.', id: 'Id.',
  invitation: 'Id of an invitation.', secret: 'The secret of its link.',
}

const cursor: Parameter = { name: 'cursor', in: 'query', required: false, description: 'Of the `Link` header of the page before. It is opaque.', schema: { type: 'string' } }
const limit: Parameter = { name: 'limit', in: 'query', required: false, description: 'Rows of a page; `per_page` says the same.', schema: { type: 'string' } }

export const after: Parameter = { name: 'after', in: 'query', required: false, description: 'A position: the answer waits until it shows it, at most 5 s.', schema: { type: 'string' } }

/** `/api/0/issues/:issue/` -> `/api/0/issues/{issue}/`. */
export function toTemplate(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}')
}

/** `PUT /api/0/projects/:org/:project/keys/:key/` -> `putProjectsKeysByKey`: short, and one of its own for every route. */
export function nameOperation(route: string): string {
  const [method, path] = route.split(' ') as [string, string]
  const parts = path.replace('/api/0', '').split('/').filter(Boolean)
  const last = parts.at(-1)?.startsWith(':') ? `By${capitalise(parts.at(-1)!.slice(1))}` : ''
  const words = parts.filter((part) => !part.startsWith(':')).flatMap((part) => part.split(/\W|_/)).map(capitalise)
  return method.toLowerCase() + (words.join('') || 'Server') + last
}

export function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

export function describeParameters(route: string, { query, paged }: Operation, schemaOf: (schema: z.ZodType) => JsonSchema): Parameter[] {
  const inPath = [...route.matchAll(/:(\w+)/g)].map(([, name]): Parameter => ({
    name: name!, in: 'path', required: true, ...(pathParameters[name!] !== undefined && { description: pathParameters[name!]! }), schema: { type: 'string' },
  }))
  const inQuery = Object.entries((query?.shape ?? {}) as Record<string, z.ZodType>).map(([name, schema]): Parameter => {
    const { description, ...rest } = schemaOf(schema)
    return { name, in: 'query', required: !schema.safeParse(undefined).success, ...(typeof description === 'string' && { description }), schema: rest }
  })
  const named = new Set(inQuery.map(({ name }) => name))
  const paging = paged ? [cursor, ...(named.has('per_page') ? [] : [limit])].filter(({ name }) => !named.has(name)) : []
  return [...inPath, ...inQuery, ...paging]
}
