// Checks of the database: can it keep what it is given, is its schema ours, is what it holds folded.

import { ok, problem, warn, type DatabaseFacts, type Facts, type Finding } from './facts.ts'

/** Pools of one server (4 ingest, 12 reads, 3 jobs, fold, keys, live, builds), and one command beside it. */
const neededConnections = 30
const oldestVersion = 160_000
const lagging = 10_000

export function checkDatabase({ database, environment }: Facts): Finding[] {
  if (database === null) return 'config' in environment ? [ok('database', 'there is none yet: the first start makes it')] : []
  if ('failed' in database) return [problem('database', database.failed, 'Nothing can be read until it is back. What SDKs send is kept on disk meanwhile, if a server runs.')]
  const { version, embedded, readOnly } = database
  const name = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}${embedded ? ', embedded' : ''}`
  if (version < oldestVersion) return [problem('database', `${name} is too old`, 'Refold needs PostgreSQL 16 or newer: pg_upgrade, or dump and restore.')]
  if (readOnly) return [problem('database', `${name} takes no writes (a replica, or default_transaction_read_only)`, 'Let DATABASE_URL name the primary.')]
  return [ok('database', name), ...[checkSchema, checkDurability, checkConnections, checkTrigrams, checkFold, checkParked].flatMap((check) => check(database)), ...checkBuilds(database)]
}

function checkSchema({ migrations }: DatabaseFacts): Finding[] {
  if (migrations.unknown.length > 0) return [problem('schema', `a newer version has migrated it (${migrations.unknown.join(', ')})`, 'Start that version, or a newer one.')]
  return [migrations.missing.length > 0 ? warn('schema', `${migrations.missing.length} migrations are missing (${migrations.missing.join(', ')})`, 'refold migrate; the next start does it too.') : ok('schema', 'up to date')]
}

function checkDurability({ settings }: DatabaseFacts): Finding[] {
  const off = Object.entries(settings).filter(([, value]) => value === 'off').map(([name]) => name)
  if (off.length === 0) return [ok('durability', 'what was answered 200 is on disk')]
  return [problem('durability', `${off.join(', ')} ${off.length === 1 ? 'is' : 'are'} off: a crash loses errors that were acknowledged${off.includes('synchronous_commit') && off.length === 1 ? '' : ', or the whole database'}`, `alter system set ${off[0]} = on; then select pg_reload_conf(). Refold appends in batches, so it costs little.`)]
}

function checkConnections({ connections }: DatabaseFacts): Finding[] {
  if (connections >= neededConnections) return [ok('connections', `${connections} allowed`)]
  return [problem('connections', `only ${connections} are allowed, and one server uses up to ${neededConnections}`, `Set max_connections to ${neededConnections} more than what others use, for each server, and restart PostgreSQL.`)]
}

function checkTrigrams({ trigrams, migrations }: DatabaseFacts): Finding[] {
  if (trigrams || migrations.missing.length > 0) return []
  return [problem('pg_trgm', 'the extension is missing: searching for text fails', 'create extension pg_trgm; (as the owner of the database; the package postgresql-contrib has it)')]
}

function checkFold({ log }: DatabaseFacts): Finding[] {
  if (log === null) return []
  const behind = log.head - log.folded
  if (behind < lagging) return [ok('fold', behind === 0 ? `all ${log.head} facts are folded` : `${behind} of ${log.head} facts are not folded yet`)]
  return [warn('fold', `${behind} of ${log.head} facts are not folded yet, so pages show the past`, 'A running server works them off, thousands a second. If the number does not shrink, its log says why.')]
}

function checkParked({ log }: DatabaseFacts): Finding[] {
  if (log === null || log.parked === 0) return []
  return [warn('parked facts', `${log.parked} facts could not be folded and are set aside`, 'select position, error from parked; please report them. An upgrade that can fold them: refold rebuild.')]
}

function checkBuilds({ log }: DatabaseFacts): Finding[] {
  return (log?.failedBuilds ?? []).map(({ generation, project, error }) => warn('generations', `generation ${generation} of ${project} could not be built: ${error}`, 'Discard it on the project\'s page Grouping, or build it again: refold regroup.'))
}
