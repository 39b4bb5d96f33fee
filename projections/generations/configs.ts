// Configurations by name, with their rules compiled. The text of a revision never changes, so what was compiled once is kept, by its text.

import type pg from 'pg'
import { nameConfiguration, parseConfiguration, type Configuration } from '../../core/grouping/configuration.ts'
import { compileTexts } from '../../core/grouping/rules/texts.ts'
import type { GroupingConfig } from '../../core/grouping/types.ts'

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>

export async function readConfiguration(db: Queryable, configuration: Configuration): Promise<GroupingConfig> {
  const name = nameConfiguration(configuration)
  return (await readConfigurations(db, [name])).get(name)!
}

/** By name (core/grouping/configuration.ts). Throws when a revision is not there. */
export async function readConfigurations(db: Queryable, names: readonly string[]): Promise<Map<string, GroupingConfig>> {
  const configurations = names.map(parseConfiguration)
  const ids = configurations.flatMap(({ revision }) => (revision > 0 ? [revision] : []))
  const texts = ids.length === 0 ? [] : (await db.query<RevisionText>(`select id::float8 as id, rules, frame_rules as "frameRules" from rules_revision where id = any($1)`, [ids])).rows
  return new Map(names.map((name, index) => {
    const { version, revision } = configurations[index]!
    if (revision === 0) return [name, { version }]
    const text = texts.find(({ id }) => id === revision)
    if (!text) throw new Error(`there is no rules revision ${revision}`)
    return [name, { version, ...compile(text) }]
  }))
}

type RevisionText = { id: number; rules: string; frameRules: string }

const kept = new Map<string, Omit<GroupingConfig, 'version'>>()
const mostKept = 100

/** What was saved compiles: ingest/commands saw to it. A text that does not any more would be a fault of a newer compiler, so it is told. */
function compile({ id, ...text }: RevisionText): Omit<GroupingConfig, 'version'> {
  const name = `${text.rules}\0${text.frameRules}`
  const known = kept.get(name)
  if (known) return known
  const { problems, config } = compileTexts(text)
  if (problems.length > 0) throw new Error(`rules revision ${id} does not compile`)
  if (kept.size === mostKept) kept.clear()
  kept.set(name, config)
  return config
}
