// `refold regroup` and `refold rebuild`: the same commands, builds and previews as behind the web API, with or without a server. When one
// runs, both build: the claim of the row has them take turns.

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { groupingVersion, type Diff } from '../core/contract/grouping.ts'
import { errorTable, type ErrorCode } from '../core/errors.ts'
import { decideRequest, decideRollback, decideRules, type GenerationRequest } from '../core/grouping/decide.ts'
import { compileTexts } from '../core/grouping/rules/texts.ts'
import { applyGeneration, applyPreviewed, changeGrouping } from '../ingest/commands/change-grouping.ts'
import { loadGrouping } from '../ingest/commands/load-grouping.ts'
import { findProjectId } from '../ingest/find-project.ts'
import { buildGeneration, catchUpGeneration } from '../projections/generations/building.ts'
import { createGenerationControl } from '../projections/generations/control.ts'
import { readDiff } from '../projections/generations/diff.ts'
import { createPageReader } from '../projections/generations/reader.ts'
import { parse, takeOne, takeOptional, UsageError } from './arguments.ts'
import type { Input } from './command.ts'
import { withDatabase } from './database.ts'
import { formatDiff } from './diff-table.ts'
import { escapeJson } from './escape.ts'
import { foldUpTo } from './fold.ts'
import { startProgress } from './progress.ts'

const by = { actor: 'system:cli' }
const shownChanges = 50
const catchUpMs = 60_000

/** `url`: of the database. */
type Project = { id: number; slug: string; url: string }

type Revision = { algorithm: string | undefined; rules: string | undefined; 'frame-rules': string | undefined }
type Steps = { preview: boolean | undefined; apply: boolean | undefined; accept: string[] | undefined; rollback: boolean | undefined; json: boolean | undefined }

export async function runRegroup({ values, positionals }: Input<Revision & Steps>): Promise<void> {
  const slug = takeOne(positionals, 'the slug of the project')
  const version = values.algorithm === undefined ? undefined : parse(groupingVersion, values.algorithm)
  if (values.preview && values.apply) throw new UsageError('--preview stops before --apply: give one of them.')
  const accepted = (values.accept ?? []).map(Number)
  await withDatabase(async ({ pool, url }) => {
    const project = await findProject(pool, url, slug)
    if (values.rollback) return rollBack(pool, project, accepted)
    await revise(pool, project, readText(values.rules), readText(values['frame-rules']))
    const generation = await request(pool, project, { version })
    await build(pool, project, generation)
    const diff = await preview(pool, project, generation)
    if (!values.json) console.log(formatDiff(diff))
    if (values.apply) await apply(pool, project, diff, accepted)
    if (values.json) console.log(escapeJson({ ...diff, applied: values.apply ?? false }))
    else console.log(values.apply ? `Generation ${generation} is live. Back: refold regroup ${slug} --rollback` : `Generation ${generation} is a candidate; nothing has changed. Apply it: the same command with --apply`)
  })
}

export async function runRebuild({ positionals }: Input): Promise<void> {
  const only = takeOptional(positionals)
  await withDatabase(async ({ pool, url }) => {
    const slugs = only !== undefined ? [only] : (await pool.query<{ slug: string }>('select slug from project order by id')).rows.map((row) => row.slug)
    for (const slug of slugs) {
      const project = await findProject(pool, url, slug)
      const { live } = (await loadGrouping(pool, project.id)).grouping
      const generation = await request(pool, project, { ...live.configuration, thenApply: true })
      await buildAndApply(pool, project, generation)
      console.log(`${slug}: generation ${generation} is live.`)
    }
  })
}

async function findProject(pool: Pool, url: string, slug: string): Promise<Project> {
  const { rows } = await pool.query<{ position: string }>('select position from log_head')
  await foldUpTo(pool, Number(rows[0]!.position))
  const id = await findProjectId(pool, slug)
  if (id === undefined) throw new Error(`There is no project with the slug ${slug}.`)
  return { id, slug, url }
}

function readText(file: string | undefined): string | undefined {
  return file === undefined ? undefined : readFileSync(file, 'utf8')
}

/** Of the two texts one that is not given stays as it is. */
async function revise(pool: Pool, project: Project, rules: string | undefined, frameRules: string | undefined): Promise<void> {
  if (rules === undefined && frameRules === undefined) return
  const changed = await changeGrouping<never>(pool, project.id, by, (grouping) => {
    const text = { rules: rules ?? grouping.rules?.rules ?? '', frameRules: frameRules ?? grouping.rules?.frameRules ?? '' }
    const { problems } = compileTexts(text)
    if (problems.length > 0) throw new Error(['These rules have problems:', ...problems.map((each) => `${each.language === 'rules' ? 'rules' : 'frame rules'}:${each.line}:${each.column} ${each.message}`)].join('\n  '))
    return decideRules(grouping, text)
  })
  await foldUpTo(pool, changed.position)
}

/** Id of the generation, which may exist already. */
async function request(pool: Pool, project: Project, asked: GenerationRequest): Promise<number> {
  let existing: number | undefined
  const changed = await changeGrouping<{ refused: 'unknownRevision' }>(pool, project.id, by, (grouping) => {
    const decided = decideRequest(grouping, asked)
    if (!('existing' in decided)) return decided
    existing = decided.existing.id
    return { decisions: [] }
  })
  if ('refused' in changed) throw new Error('The project has no such revision of its rules.')
  await foldUpTo(pool, changed.position)
  return existing ?? changed.position
}

async function build(pool: Pool, project: Project, generation: number): Promise<void> {
  const progress = startProgress(`Building generation ${generation} of ${project.slug}`)
  const reader = createPageReader(project.url)
  const show = async (): Promise<void> => {
    const { rows } = await pool.query<{ events: number; total: number }>('select events::float8 as events, total::float8 as total from generation_build where generation = $1', [generation])
    if (rows[0]) progress.show(rows[0].events, rows[0].total)
  }
  try {
    for (;;) {
      const end = await buildGeneration(pool, generation, { read: reader.read, onStep: () => void show().catch(() => undefined) })
      if (end === 'ready' || end === 'gone') return
      if (end === 'paused') throw new Error(`Generation ${generation} is paused.`)
      if (end === 'failed') throw new Error(`Generation ${generation} could not be built: ${(await pool.query<{ error: string }>('select error from generation_build where generation = $1', [generation])).rows[0]?.error}`)
      await sleep(200) // A server steps it.
      await show()
    }
  } finally {
    progress.end()
    await reader.stop()
  }
}

async function preview(pool: Pool, project: Project, generation: number): Promise<Diff> {
  await catchUpGeneration(pool, generation, catchUpMs)
  const found = await readDiff(pool, { project, generation, all: false, cursor: undefined, limit: shownChanges })
  if (!found) throw new Error(`Generation ${generation} is not a candidate any more.`)
  return found.diff
}

async function apply(pool: Pool, project: Project, diff: Diff, accepted: readonly number[]): Promise<void> {
  const deps = { pool, control: openControl(pool) }
  const applied = await applyPreviewed(deps, project.id, { generation: Number(diff.generation), token: diff.token ?? undefined, accepted }, by)
  if ('refused' in applied) throw refuse(applied.refused)
  await foldUpTo(pool, applied.position)
}

async function buildAndApply(pool: Pool, project: Project, generation: number): Promise<void> {
  await build(pool, project, generation)
  const applied = await applyGeneration({ pool, control: openControl(pool) }, generation, by.actor)
  // A server that runs may have been faster.
  if ('refused' in applied && applied.refused !== 'generationLive') throw refuse(applied.refused)
  if ('position' in applied) await foldUpTo(pool, applied.position)
}

async function rollBack(pool: Pool, project: Project, accepted: readonly number[]): Promise<void> {
  const control = openControl(pool)
  let existing: number | undefined
  const changed = await changeGrouping<{ refused: 'noRollback' | 'conflictsOpen' }>(pool, project.id, by, async (grouping) => {
    const target = await control.rollbackTarget(project.id)
    const decided = decideRollback(grouping, target, target?.caughtUp ? await control.preview(project.id, target.generation) : null, accepted)
    if (!('existing' in decided)) return decided
    existing = decided.existing.id
    return { decisions: [] }
  })
  if ('refused' in changed) throw refuse(changed.refused)
  const { decisions: [decision], position } = changed
  await foldUpTo(pool, position)
  const generation = decision?.type === 'grouping.applied' ? decision.data.generation : (existing ?? position)
  if (decision?.type !== 'grouping.applied') await buildAndApply(pool, project, generation)
  console.log(`Generation ${generation} is live.`)
}

function openControl(pool: Pool): ReturnType<typeof createGenerationControl> {
  return createGenerationControl(pool, () => undefined, (generation) => catchUpGeneration(pool, generation, catchUpMs))
}

function refuse(code: ErrorCode): Error {
  const [, detail] = errorTable[code]
  return new Error(code === 'conflictsOpen' ? `${detail} Accept one: --accept <id>` : detail)
}
