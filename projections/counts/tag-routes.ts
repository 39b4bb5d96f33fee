// The tags of projects and their values: what the search field completes.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TagKey, TagValue } from '../../core/contract/tag.ts'
import { ApiError } from '../../core/errors.ts'
import { readBounded } from '../bounded.ts'
import { chooseGeneration } from '../generations/choose.ts'
import { readOnce } from '../issues/routes.ts'
import type { SearchedProject } from '../issues/known.ts'
import { hiddenTagKeys } from '../issues/tag-keys.ts'
import { cutPage, formatLink, readCursor, readLimit } from '../paging.ts'
import { findProjectFor } from '../projects/routes.ts'
import { findVisibleProjects } from '../projects/visible.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { listReleaseValues, listTagKeys, listValues, presentValue } from './values.ts'
import { placeOfValue, readValueCursor } from './value-cursor.ts'

type OnTags = { Params: { project: string; key: string }; Querystring: { query?: string; cursor?: string; limit?: string; per_page?: string; project?: string | string[] } }

export function registerTagReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  const ofProject = async (request: FastifyRequest<OnTags>, reply: FastifyReply): Promise<SearchedProject[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return [{ ...project, generation: await chooseGeneration(pool, project, request.query, reply) }]
  }
  const ofOrganization = (request: FastifyRequest<OnTags>): Promise<SearchedProject[]> => findVisibleProjects(pool, request, [request.query.project ?? []].flat())

  app.get<OnTags>('/api/0/projects/:org/:project/tags/', async (request, reply) => answerKeys(await ofProject(request, reply)))
  app.get<OnTags>('/api/0/organizations/:org/tags/', async (request) => answerKeys(await ofOrganization(request)))
  app.get<OnTags>('/api/0/projects/:org/:project/tags/:key/', async (request, reply): Promise<TagKey> => {
    const found = (await answerKeys(await ofProject(request, reply))).find(({ key }) => key === request.params.key)
    if (!found) throw new ApiError('notFound')
    return found
  })
  app.get<OnTags>('/api/0/projects/:org/:project/tags/:key/values/', async (request, reply) => answerValues(request, reply, await ofProject(request, reply)))
  app.get<OnTags>('/api/0/organizations/:org/tags/:key/values/', async (request, reply) => answerValues(request, reply, await ofOrganization(request)))

  async function answerKeys(projects: readonly SearchedProject[]): Promise<TagKey[]> {
    const keys = await readBounded(pool, (client) => listTagKeys(client, projects.map(({ generation }) => generation)))
    return keys.filter((key) => !hiddenTagKeys.has(key)).map((key) => ({ key, name: key }))
  }

  async function answerValues(request: FastifyRequest<OnTags>, reply: FastifyReply, projects: readonly SearchedProject[]): Promise<TagValue[]> {
    const { key } = request.params
    const { query = '', cursor: cursorText, limit: limitText } = readOnce({ query: request.query.query, cursor: request.query.cursor, limit: request.query.limit ?? request.query.per_page })
    const limit = readLimit(limitText)
    if (key === 'release') {
      const cursor = readCursor(cursorText)
      const found = await readBounded(pool, (client) => listReleaseValues(client, projects.map(({ id }) => id), query, cursor, limit + 1))
      const page = cutPage(found, limit, cursor)
      reply.header('link', formatLink(config.publicUrl, request.url, page, ({ number }) => ({ value: number, id: '0' })))
      return page.rows.map((row) => presentValue(key, row))
    }
    const cursor = readValueCursor(cursorText)
    const found = await readBounded(pool, (client) => listValues(client, projects.map(({ generation }) => generation), key, query, cursor?.value, limit + 1))
    // One way only: a completion is typed on, not turned back.
    const page = { rows: found.slice(0, limit), newer: false, older: found.length > limit }
    reply.header('link', formatLink(config.publicUrl, request.url, page, ({ value }) => placeOfValue('0', value)))
    return page.rows.map((row) => presentValue(key, row))
  }
}
