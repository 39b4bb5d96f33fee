// How the API is to be used, from the API itself: `openapi.json` for programs, `docs/` for people. Both are made once: they show no data.

import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { routeAccess } from '../../core/access.ts'
import { describeApi } from '../../core/contract/openapi/document.ts'
import { subjects } from '../../core/contract/operations/all.ts'
import { shapes } from '../../core/contract/operations/shapes.ts'
import type { ReadDeps } from '../reads.ts'
import { renderPage } from './page.ts'

export function registerDescription(app: FastifyInstance, { config }: Pick<ReadDeps, 'config'>): void {
  const document = describeApi(subjects, routeAccess, { url: config.publicUrl, version: '0', shapes })
  serve('/api/0/openapi.json', 'application/json', JSON.stringify(document))
  serve('/api/0/docs/', 'text/html; charset=utf-8', renderPage(document, config.organization.slug))

  function serve(path: string, type: string, text: string): void {
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
    app.get(path, async (request, reply) => {
      reply.headers({ etag, 'cache-control': 'public, max-age=300' })
      return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.type(type).send(text)
    })
  }
}
