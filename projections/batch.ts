// One batch of facts, from their payloads to the rows of every projection: decode, load, fold, save, notify (architecture 4).
// advance.ts owns the transaction. Statements that do not need each other's answers are sent together.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import type { Decision } from '../core/decisions.ts'
import type { Fact } from '../core/fact.ts'
import { parseConfiguration } from '../core/grouping/configuration.ts'
import type { GroupingConfig } from '../core/grouping/types.ts'
import { changeSettings, defaultSettings } from '../core/project/settings.ts'
import { storableText } from '../core/text.ts'
import { loadActivity, saveActivity } from './activity/store.ts'
import { saveAttachments } from './attachments/store.ts'
import { loadCounts, saveCounts } from './counts/store.ts'
import { deleteIssues, listDeletions } from './deletions/issues.ts'
import { decodeFact, type Decoded, type ReadConfig } from './decode/decode.ts'
import { loadEvents, saveEvents } from './events/store.ts'
import { saveFeedback } from './feedback/store.ts'
import { foldFact, type FoldState } from './fold.ts'
import { listAwaited } from './issues/awaited.ts'
import { combineIssues } from './issues/reducer.ts'
import { settle, UnfoldableError } from './poison.ts'
import type { TargetOf } from './issues/parts-store.ts'
import { loadIssues, saveIssues } from './issues/store.ts'
import { describeBatch, notifyBatch } from './live/notice.ts'
import { findTarget, type ProjectsState } from './projects/reducer.ts'
import { configurationsOf, loadKeys, loadRevisions, saveProjects } from './projects/store.ts'
import { addReleases, loadReleases, saveReleases } from './releases/store.ts'

/** `parked`: by position, why a fact could not be folded. Those facts are not in `decoded`. */
export type Batch = { facts: readonly Fact[]; decoded: readonly Decoded[]; parked: ReadonlyMap<number, string> }

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Folds a batch and sends its rows. `onFolded` is called in between, with the projects as they are after the batch: what it does, the database does not wait for. */
export async function foldBatch(client: pg.PoolClient, { facts, decoded: batch, parked }: Batch, projects: ProjectsState, onFolded?: (projects: ProjectsState) => void): Promise<void> {
  const targetOf: TargetOf = (id) => findTarget(projects, id)
  const [issues, events, activity, releases] = await Promise.all([loadIssues(client, batch, targetOf), loadEvents(client, batch), loadActivity(client, batch, targetOf), loadReleases(client, batch), loadKeys(client, projects, batch), loadRevisions(client, projects, batch)])
  const [counts] = await Promise.all([loadCounts(client, batch, targetOf, issues), addReleases(client, releases, listAwaited(batch, targetOf, issues))])
  const state: FoldState = { projects, issues, events, counts, activity, releases, attachments: { added: [] }, feedback: { saved: new Map() } }
  for (const item of batch) {
    try {
      foldFact(state, item)
    } catch (error) {
      throw new UnfoldableError(item.fact.position, error)
    }
  }
  onFolded?.(projects)
  const combined = combineIssues(state.issues)
  await settle([
    saveProjects(client, state.projects),
    saveEvents(client, state.events),
    saveIssues(client, state.issues, combined),
    saveCounts(client, state.counts),
    saveActivity(client, state.activity),
    saveReleases(client, state.releases),
    saveAttachments(client, state.attachments),
    saveFeedback(client, state.feedback),
    saveParked(client, facts, parked),
    notifyBatch(client, describeBatch(facts.at(-1)!.position, state, combined)),
  ])
  await deleteIssues(client, listDeletions(batch), targetOf)
}

/** Facts decoded between two looks at what else there is to do: some milliseconds. */
const sliceSize = 32

/**
 * Decodes all that can be, but for what is parked already; what throws is parked. What decisions of this very batch change
 * about a project holds for the facts after them.
 */
export async function decodeBatch(facts: readonly Fact[], { generations, projects, configs: known }: ProjectsState, alreadyParked: ReadonlyMap<number, string> = new Map()): Promise<Batch> {
  const configs = new Map<number, ReadConfig>()
  const groupBy = (name: string): GroupingConfig => known.get(name) ?? { version: parseConfiguration(name).version }
  for (const { id, generation, settings } of projects.values()) {
    const row = generations.get(generation)
    const [own = 'v1', ...others] = row ? configurationsOf(row) : []
    configs.set(id, { grouping: groupBy(own), others: others.map((name) => ({ name, grouping: groupBy(name) })), settings })
  }
  const configOf = (projectId: number): ReadConfig => configs.get(projectId) ?? { grouping: { version: 'v1' }, others: [], settings: defaultSettings }
  const decoded: Decoded[] = []
  const parked = new Map(alreadyParked)
  for (const [index, fact] of facts.entries()) {
    if (index % sliceSize === sliceSize - 1) await nextTurn()
    if (parked.has(fact.position)) continue
    try {
      const read = decodeFact(fact, configOf)
      if (read.decision) changeConfig(configs, configOf, read.decision)
      decoded.push(read)
    } catch (error) {
      parked.set(fact.position, explain(error))
    }
  }
  return { facts, decoded, parked }
}

function changeConfig(configs: Map<number, ReadConfig>, configOf: (projectId: number) => ReadConfig, { type, data }: Decision): void {
  if (type === 'project.created') configs.set(data.id, { grouping: { version: data.grouping }, others: [], settings: defaultSettings })
  else if (type === 'project.configured') configs.set(data.id, { ...configOf(data.id), settings: changeSettings(configOf(data.id).settings, data.settings) })
}

async function saveParked(client: pg.PoolClient, facts: readonly Fact[], parked: ReadonlyMap<number, string>): Promise<void> {
  await Promise.all(facts.map((fact) => {
    const message = parked.get(fact.position)
    if (message === undefined) return undefined
    return client.query(`insert into parked (position, project_id, error) values ($1, $2, $3) on conflict do nothing`, [
      fact.position, fact.projectId, storableText(message).slice(0, 1_000),
    ])
  }))
}
