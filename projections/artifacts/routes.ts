// Lists of what was uploaded for a project: bundles of source maps, debug files.

import type { FastifyInstance } from 'fastify'
import type { ArtifactBundle, DebugFile } from '../../core/contract/artifact.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { listArtifacts } from './queries.ts'

type OnProject = { Params: { project: string } }

export function registerArtifactReads(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  app.get<OnProject>('/api/0/projects/:org/:project/files/artifact-bundles/', async (request, reply): Promise<ArtifactBundle[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return (await listArtifacts(pool, project.id, 'bundle')).map(({ id, release, dist, createdAt, about }) => ({
      bundleId: id,
      associations: release === null && dist === null ? [] : [{ release, dist }],
      date: createdAt.toISOString(),
      dateModified: createdAt.toISOString(),
      fileCount: (JSON.parse(about) as { files: number }).files,
    }))
  })

  app.get<OnProject>('/api/0/projects/:org/:project/files/dsyms/', async (request, reply): Promise<DebugFile[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return (await listArtifacts(pool, project.id, 'debug_file')).map(({ id, sha1, name, size, about, createdAt }) => ({
      ...(JSON.parse(about) as Pick<DebugFile, 'uuid' | 'debugId' | 'cpuName' | 'symbolType' | 'data'>),
      id, sha1, size, objectName: name, dateCreated: createdAt.toISOString(),
    }))
  })
}
