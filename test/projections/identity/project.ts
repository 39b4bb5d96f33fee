// One project in a database of its own, and the model beside it. What is appended goes to both; a check folds all there
// is, brings every generation to the same position, and compares each with the model.

import { expect } from 'vitest'
import type { Decision } from '../../../core/decisions.ts'
import { createFolder } from '../../../projections/advance.ts'
import { readCheckpoint } from '../../../projections/checkpoint.ts'
import { advanceGeneration, bringGeneration, StaleGenerationError } from '../../../projections/generations/build.ts'
import { verify } from '../../../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { foldAll, givenProject } from '../../given.ts'
import { append, newLog, type GrowingLog } from './log.ts'
import { generationsOf, issuesUnder, liveGeneration, type ModelGeneration, type ModelIssue, type Payload } from './model.ts'
import { chooseGeneration, planStep, type Step } from './steps.ts'
import { findWrongHours, modelTables, readTables } from './tables.ts'

export type ProjectUnderTest = {
  database: TestDatabase
  log: GrowingLog
  /** Appends; returns the position. */
  add(fact: { event: Payload } | { decision: Decision }): Promise<number>
  take(steps: readonly Step[]): Promise<void>
  /** Folds all; every generation that is not discarded equals the model's. Returns the live issues. */
  check(): Promise<ModelIssue[]>
  drop(): Promise<void>
}

export async function openProject(): Promise<ProjectUnderTest> {
  const database = await createTestDatabase({ max: 3 })
  const log = newLog()
  const { pool } = database
  await givenProject(pool, 1, 'shop')
  const add: ProjectUnderTest['add'] = (fact) => append(pool, log, fact)
  return {
    database, log, add,
    async take(steps) {
      for (const step of steps) {
        const planned = planStep(log, step)
        if (planned) await add(planned)
        if (step.do === 'fold') await createFolder(pool, { limit: step.size }).step()
        if (step.do === 'build') await build(database, chooseGeneration(log, step.generation), step.size)
      }
    },
    async check() {
      for (const generation of await settle(database, log)) {
        const name = `${generation.state} generation ${generation.id} under ${generation.configuration}`
        expect(await readTables(pool, generation.id), name).toEqual(modelTables(issuesUnder(log, generation.configuration)))
        expect(await findWrongHours(pool, generation.id), name).toEqual([])
      }
      return issuesUnder(log, liveGeneration(log).configuration)
    },
    drop: () => database.drop(),
  }
}

/** `refold verify`: the live tables are what a fold of the log from its beginning gives. */
export async function expectVerified({ database }: ProjectUnderTest): Promise<void> {
  expect((await verify(database.url)).differences).toEqual([])
}

/** Brings all generations to the end of the log; returns those that have tables. */
export async function settle({ pool }: TestDatabase, log: GrowingLog): Promise<ModelGeneration[]> {
  const position = await foldAll(pool)
  const kept = generationsOf(log).filter(({ state }) => state !== 'discarded')
  for (const { id, state } of kept) if (state !== 'live') await bringGeneration(pool, id, position)
  return kept
}

/** A build at a random moment: as far as the main fold is, or one batch, as if it was stopped after it. */
async function build({ pool }: TestDatabase, generation: number | undefined, size: number | null): Promise<void> {
  const known = await pool.query(`select 1 from generation where id = $1 and state in ('building', 'retired')`, [generation ?? 0])
  if (generation === undefined || known.rows.length === 0) return
  const upTo = await readCheckpoint(pool)
  if (size === null) return bringGeneration(pool, generation, upTo)
  try {
    await advanceGeneration(pool, generation, { limit: size, upTo })
  } catch (error) {
    if (!(error instanceof StaleGenerationError)) throw error
    await pool.query('update generation_build set restart = true where generation = $1', [generation])
  }
}
