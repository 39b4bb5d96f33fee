// A page of one project's log, read and decoded for a generation: in the transaction that folds it, or ahead of it in a thread (reader.ts).

import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import type { Fact } from '../../core/fact.ts'
import { changeSettings, readSettings, type ProjectSettings } from '../../core/project/settings.ts'
import { decodeGrouped, type DecodedGrouped, type ReadConfig } from '../decode/decode.ts'
import { readProjectFacts } from '../facts.ts'
import { readConfigurations } from './configs.ts'

export type PageAsked = {
  projectId: number
  /** The page begins after this position, and ends at or before `upTo`. */
  after: number
  upTo: number
  /** Of the project, at `after`. */
  settings: string
  /** Names of configurations: the generation's own, and those under which it computes further keys. */
  own: string
  others: readonly string[]
  /** Facts, and bytes as stored. */
  limit: number
  maxBytes: number
}

/** `parked`: by position, why a fact could not be decoded. `settings` and `position` are those at the end of the page. */
export type Page = { facts: DecodedGrouped[]; parked: ReadonlyMap<number, string>; settings: string; position: number }

export type ReadPage = (db: pg.Pool | pg.PoolClient, asked: PageAsked) => Promise<Page>

export const readPage: ReadPage = async (db, asked) => decodePart(db, asked, await readPart(db, asked))

/** `position`: where it ends. */
export type Part = { facts: Fact[]; position: number }

export async function readPart(db: pg.Pool | pg.PoolClient, { projectId, after, upTo, limit, maxBytes }: PageAsked): Promise<Part> {
  const facts = after < upTo ? await readProjectFacts(db, projectId, after, upTo, limit, maxBytes) : []
  const isFull = facts.length === limit || facts.reduce((sum, { payload }) => sum + payload.length, 0) >= maxBytes
  return { facts, position: isFull ? facts.at(-1)!.position : Math.max(after, upTo) }
}

export async function decodePart(db: pg.Pool | pg.PoolClient, { settings, own, others }: PageAsked, { facts, position }: Part): Promise<Page> {
  if (facts.length === 0) return { facts: [], parked: new Map(), settings, position }
  const configs = await readConfigurations(db, [own, ...others])
  const config = { grouping: configs.get(own)!, others: others.map((name) => ({ name, grouping: configs.get(name)! })), settings: readSettings(settings) }
  const decoded = await decodeFacts(facts, config)
  return { facts: decoded.facts, parked: decoded.parked, settings: JSON.stringify(decoded.settings), position }
}

/** Facts decoded between two looks at what else there is to do: some milliseconds. */
const sliceSize = 32

async function decodeFacts(facts: readonly Fact[], start: ReadConfig): Promise<{ facts: DecodedGrouped[]; parked: Map<number, string>; settings: ProjectSettings }> {
  let config = start
  const decoded: DecodedGrouped[] = []
  const parked = new Map<number, string>()
  for (const [index, fact] of facts.entries()) {
    if (index % sliceSize === sliceSize - 1) await nextTurn()
    try {
      const read = decodeGrouped(fact, config)
      if (read.decision?.type === 'project.configured') config = { ...config, settings: changeSettings(config.settings, read.decision.data.settings) }
      decoded.push(read)
    } catch (error) {
      parked.set(fact.position, error instanceof Error ? error.message : String(error))
    }
  }
  return { facts: decoded, parked, settings: config.settings }
}
