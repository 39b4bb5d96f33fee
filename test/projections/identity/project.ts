// One project of a database, and the model beside it. What is appended goes to both; a check folds all there is, brings
// every generation to the same position, and compares each with the model.

import type pg from 'pg'
import { expect } from 'vitest'
import { createFolder } from '../../../projections/advance.ts'
import { readCheckpoint } from '../../../projections/checkpoint.ts'
import { advanceGeneration, bringGeneration, StaleGenerationError } from '../../../projections/generations/build.ts'
import { foldAll } from '../../given.ts'
import { append, createLog, transfer, type GrowingLog, type NewFact } from './log.ts'
import { generationsOf, issuesUnder, liveGeneration, type ModelGeneration, type ModelIssue } from './model.ts'
import { chooseGeneration, planStep, type Step } from './steps.ts'
import { findWrongHours, modelTables, readTables, withoutRetold } from './tables.ts'

export type ProjectUnderTest = {
  log: GrowingLog
  /** Position of its creation: what its positions are counted from when it is compared with another. */
  base: number
  /** Appends; returns the position. */
  add(fact: NewFact): Promise<number>
  take(steps: readonly Step[]): Promise<void>
  /** Brings all generations to the end of the log; returns those that have tables. */
  settle(): Promise<ModelGeneration[]>
  /** Settles; every generation equals the model's. Returns the live issues. */
  check(): Promise<ModelIssue[]>
  /** Another project with the same facts in the same distances; `replace` may put another in the place of one. */
  repeat(id: number, replace?: (position: number) => NewFact | undefined): Promise<ProjectUnderTest>
}

export async function openProject(pool: pg.Pool, id: number): Promise<ProjectUnderTest> {
  const log = await createLog(pool, id)
  const project: ProjectUnderTest = {
    log,
    base: log.facts[0]!.position,
    add: (fact) => append(pool, log, fact),
    async take(steps) {
      for (const step of steps) {
        const planned = planStep(log, step)
        if (planned) await append(pool, log, planned)
        if (step.do === 'fold') await createFolder(pool, { limit: step.size }).step()
        if (step.do === 'build') await build(pool, chooseGeneration(log, step.generation), step.size)
      }
    },
    async settle() {
      const position = await foldAll(pool)
      const kept = generationsOf(log).filter(({ state }) => state !== 'discarded')
      for (const generation of kept) if (generation.state !== 'live') await bringGeneration(pool, generation.id, position)
      return kept
    },
    async check() {
      for (const generation of await project.settle()) {
        const name = `${generation.state} generation ${generation.id} under ${generation.configuration}`
        expect(withoutRetold(log, await readTables(pool, generation.id)), name).toEqual(withoutRetold(log, modelTables(log, generation.configuration)))
        expect(await findWrongHours(pool, generation.id), name).toEqual([])
      }
      expect((await pool.query('select position, error from parked where project_id = $1', [id])).rows).toEqual([])
      return issuesUnder(log, liveGeneration(log).configuration)
    },
    async repeat(other, replace = () => undefined) {
      const repeated = await openProject(pool, other)
      for (const fact of log.facts.slice(1)) await repeated.add(transfer(replace(fact.position) ?? fact, other, repeated.base - project.base))
      return repeated
    },
  }
  return project
}

/** A build at a random moment: as far as the main fold is, or one batch, as if it was stopped after it. */
async function build(pool: pg.Pool, generation: number | undefined, size: number | null): Promise<void> {
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
