// The environments that the events of a project name.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Environment } from '../../core/contract/lookup.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { findProjectFor } from './routes.ts'

/** More are a mistake of whoever sends them. */
const maxEnvironments = 1_000

export function registerEnvironmentReads(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  app.get<{ Params: { project: string } }>('/api/0/projects/:org/:project/environments/', async (request, reply): Promise<Environment[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return (await listEnvironments(pool, project.generation)).map((name) => ({ id: name, name, isHidden: false }))
  })
}

/** In the order of bytes. Steps from value to value along the index issue_tag_value, which has that order: each costs one look, however many events name it. */
async function listEnvironments(pool: Pool, generation: number): Promise<string[]> {
  const { rows } = await pool.query<{ value: string }>(
    `with recursive step (value) as (
       (select value collate "C" from issue_tag where generation = $1 and tag = 'environment' order by value collate "C" limit 1)
       union all
       select (select t.value collate "C" from issue_tag t where t.generation = $1 and t.tag = 'environment' and t.value collate "C" > step.value order by t.value collate "C" limit 1) from step where step.value is not null
     )
     select value from step where value is not null limit $2`,
    [generation, maxEnvironments],
  )
  return rows.map(({ value }) => value)
}
