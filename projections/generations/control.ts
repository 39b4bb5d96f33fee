// What commands on generations ask of the folds: main.ts hands it to ingest/commands, which knows no projection.

import type { Pool } from 'pg'
import type { Generation } from '../../core/contract/grouping.ts'
import type { Preview, RollbackTarget } from '../../core/grouping/decide.ts'
import { presentGenerations } from './present.ts'
import { findRollback, previewGeneration } from './preview.ts'
import { findGeneration } from './queries.ts'

/** `wake`: has the build job look what there is to do. `catchUp` brings a generation to where the live one is. */
export function createGenerationControl(pool: Pool, wake: () => void, catchUp: (generation: number) => Promise<unknown> = () => Promise.resolve()) {
  return {
    wake,
    async preview(project: number, generation: number): Promise<Preview | null> {
      await catchUp(generation)
      return previewGeneration(pool, project, generation)
    },
    async rollbackTarget(project: number): Promise<RollbackTarget | null> {
      const found = await findRollback(pool, project)
      if (!found) return null
      const { id, version, revision } = found.generation
      return { generation: id, configuration: { version, revision }, caughtUp: !found.needsBuild }
    },
    async describe(project: number, id: number): Promise<Generation | null> {
      const row = await findGeneration(pool, project, id)
      return row ? (await presentGenerations(pool, [row]))[0]! : null
    },
  }
}
