// Assembling and deleting uploads. A project that the viewer may not see is one that does not exist.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { maySee } from '../../core/access.ts'
import { bundleAssembly, debugFilesAssembly, type Assembled, type DebugFilesAssembled } from '../../core/contract/artifact.ts'
import { ApiError } from '../../core/errors.ts'
import { requireViewer } from '../auth/viewer.ts'
import { assembleBundle, assembleDebugFile } from './assemble.ts'
import { registerChunkUpload } from './chunks.ts'
import { deleteArtifact, type Kind } from './store.ts'

type OnProject = { Params: { project: string } }

export function registerArtifactCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  registerChunkUpload(app, { pool })

  app.post('/api/0/organizations/:org/artifactbundle/assemble/', async (request): Promise<Assembled> => {
    const { checksum, chunks, projects, version, dist } = bundleAssembly.parse(request.body)
    const ids = await findProjects(pool, request, projects)
    return assembleBundle(pool, { kind: 'bundle', sha1: checksum, chunks, release: version ?? null, dist: dist ?? null }, ids)
  })

  app.post<OnProject>('/api/0/projects/:org/:project/files/difs/assemble/', async (request): Promise<DebugFilesAssembled> => {
    const asked = debugFilesAssembly.parse(request.body)
    const [project] = await findProjects(pool, request, [request.params.project])
    const answer: DebugFilesAssembled = {}
    for (const [sha1, { name, debug_id: debugId, chunks }] of Object.entries(asked)) {
      answer[sha1] = await assembleDebugFile(pool, project!, { sha1, chunks, name, debugId: debugId ?? null })
    }
    return answer
  })

  const remove = (path: string, kind: Kind, parameter: string): void => {
    app.delete<OnProject & { Querystring: Record<string, unknown> }>(`/api/0/projects/:org/:project/files/${path}/`, async (request, reply) => {
      const [project] = await findProjects(pool, request, [request.params.project])
      const id = request.query[parameter]
      if (typeof id !== 'string' || !/^\d{1,15}$/.test(id) || !(await deleteArtifact(pool, kind, project!, Number(id)))) throw new ApiError('notFound')
      return reply.code(204).send()
    })
  }
  remove('dsyms', 'debug_file', 'id')
  remove('artifact-bundles', 'bundle', 'bundleId')
}

/** By slug, or by id where there are only digits. Throws `notFound` unless the viewer may see each. */
async function findProjects(pool: Pool, request: FastifyRequest, named: readonly (string | number)[]): Promise<number[]> {
  const { rows } = await pool.query<{ id: number; slug: string }>('select id, slug from project where slug = any($1) or id::text = any($1)', [named.map(String)])
  const viewer = requireViewer(request)
  const ids = named.map((name) => rows.find(({ id, slug }) => slug === name || String(id) === String(name))?.id)
  if (ids.some((id) => id === undefined || !maySee(viewer, id))) throw new ApiError('notFound')
  return [...new Set(ids as number[])]
}
