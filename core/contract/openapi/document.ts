// The OpenAPI 3.1 document of the web API, from what opens each route (core/access.ts) and how each describes itself
// (operations/). Served, shown as a page, and walked by the tests that send hostile requests.

import type { Access, Scope } from '../../access.ts'
import type { Operation } from '../operation.ts'
import type { Subject } from '../operations/all.ts'
import { errorResponses, listErrors, type Response } from './errors.ts'
import { after, describeParameters, nameOperation, toTemplate, type Parameter } from './paths.ts'
import { convertSchemas, type JsonSchema } from './schemas.ts'

export type DescribedOperation = {
  operationId: string
  tags: [string]
  summary: string
  description?: string
  parameters: Parameter[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, Response>
  security: Record<string, readonly string[]>[]
  /** Any one of them opens it. */
  'x-refold-scopes'?: readonly string[]
  /** Sentry has no such thing. */
  'x-refold-extension'?: true
}

export type ApiDocument = {
  openapi: '3.1.1'
  info: { title: string; version: string; summary: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, JsonSchema>; responses: Record<string, Response>; securitySchemes: Record<string, object> }
}

const securitySchemes = {
  token: { type: 'http', scheme: 'bearer', description: 'A token of a person or of the organization; it holds scopes, never more than its owner.' },
  session: { type: 'apiKey', in: 'cookie', name: 'refold_session', description: 'The cookie of the app. Changes must come from its own origin.' },
}

const description = `Paths, fields and errors as in Sentry's public web API wherever it has the thing; what it has not is marked as Refold's own.
Ids are texts, times are ISO 8601 in UTC, paths end in a slash. A write answers \`X-Refold-Position\`: pass it as \`?after=\` to a read that must show it.
A UUID in \`Idempotency-Key\` makes a second attempt answer what the first one did.`

/** `url`: where the installation is reached, without a slash at its end. `shapes`: schemas by name; those that occur become components. */
export function describeApi(subjects: readonly Subject[], access: Readonly<Record<string, Access>>, { url, version, shapes }: { url: string; version: string; shapes: Readonly<Record<string, unknown>> }): ApiDocument {
  const convert = convertSchemas(subjects, shapes)
  const paths: ApiDocument['paths'] = {}
  for (const { name, operations } of subjects) {
    for (const [route, operation] of Object.entries(operations)) {
      const [method, path] = route.split(' ') as [string, string]
      const described = describeOperation(route, operation, access[route], name, convert.of)
      paths[toTemplate(path)] = { ...paths[toTemplate(path)], [method.toLowerCase()]: described }
    }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Refold', version, summary: 'Self-hosted error tracking for any Sentry SDK', description },
    servers: [{ url }],
    tags: subjects.map(({ name }) => ({ name })),
    paths,
    components: { schemas: convert.components, responses: errorResponses, securitySchemes },
  }
}

function describeOperation(route: string, operation: Operation, access: Access | undefined, tag: string, schemaOf: (schema: NonNullable<Operation['answer']>) => JsonSchema): DescribedOperation {
  const { summary, description: more, body, answer, status = answer || operation.contentType ? 200 : 204, contentType, extension } = operation
  const scopes = listScopes(access)
  const content = { ...(contentType && { [contentType]: { schema: { type: 'string' } } }), ...(answer && { 'application/json': { schema: schemaOf(answer) } }) }
  return {
    operationId: nameOperation(route),
    tags: [tag],
    summary,
    ...(more !== undefined && { description: more }),
    parameters: [...describeParameters(route, operation, schemaOf), ...(reflectsPosition(route) ? [after] : [])],
    ...(body && { requestBody: { required: !body.safeParse(undefined).success, content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: {
      [status]: { description: summary, headers: describeHeaders(route, operation), ...(Object.keys(content).length > 0 && { content }) },
      ...listErrors(route, operation, access),
    },
    security: describeSecurity(access),
    ...(scopes && { 'x-refold-scopes': scopes }),
    ...(extension && { 'x-refold-extension': extension }),
  }
}

function listScopes(access: Access | undefined): readonly Scope[] | null {
  if (access === undefined || typeof access === 'string') return null
  return 'session' in access ? [access.session] : access
}

/** One entry for each way in: the scopes of one entry would all be needed. */
function describeSecurity(access: Access | undefined): DescribedOperation['security'] {
  if (access === 'public') return []
  const session = [{ session: [] }]
  if (access === 'session' || (typeof access === 'object' && 'session' in access)) return session
  return [...(listScopes(access)?.map((scope) => ({ token: [scope] })) ?? [{ token: [] }]), ...session]
}

/** People, tokens, saved views and uploads are in tables beside the log; the server and its description are in none. */
const besideTheLog = /\/(0|auth|config|live|me|users|members|teams|:member|:team|:secret|api-tokens|org-auth-tokens|group-search-views|:view|audit-logs|chunk-upload|health|openapi\.json|docs)\/?$/

/** Whether a read says which position of the log it shows, and waits for one. */
export function reflectsPosition(route: string): boolean {
  return route.startsWith('GET ') && !besideTheLog.test(route)
}

function describeHeaders(route: string, { paged }: Operation): NonNullable<Response['headers']> {
  const text = (about: string): { description: string; schema: JsonSchema } => ({ description: about, schema: { type: 'string' } })
  const isRead = route.startsWith('GET ')
  return {
    'X-Request-Id': text('Names the request in the log of the server.'),
    ...((!isRead || reflectsPosition(route)) && { 'X-Refold-Position': text(isRead ? 'The position of the log that this answer reflects.' : 'The position of what was written, for `?after=`; none where it is no fact of the log.') }),
    ...(paged && {
      Link: text('The pages beside this one: `<url>; rel="next"; results="true"; cursor="…"`. There is one where `results` is true.'),
      'X-Hits': text('How many there are, of a list that counts them.'),
    }),
  }
}
