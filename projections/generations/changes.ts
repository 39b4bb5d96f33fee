// Groups of a diff and its conflicts as the API shows them: with the titles, states and people of the issues on both sides.

import type { Change, Conflict, Diff } from '../../core/contract/grouping.ts'
import type { IssueStatus } from '../../core/contract/issue.ts'
import type { Group } from '../../core/grouping/diff.ts'
import { suggestRule, type Separable } from '../../core/grouping/suggest.ts'
import { formatShortId } from '../../core/shortid.ts'
import { readPeople, type Person } from '../issues/queries.ts'
import type { ConflictRow } from './conflicts.ts'
import type { StatePair } from './matrix.ts'
import type { GenerationPair } from './preview.ts'
import type { Queryable } from './queries.ts'

export type Changed = Group<StatePair>

/** Of a group of thousands, and of the issues of a conflict, so many are shown. */
const shownIssues = 100

type SideRow = {
  id: number; title: string; culprit: string; metadata: string; level: string; status: IssueStatus; assignee: string | null; comments: number; lastSeen: Date
}

type Shown = { group: Changed; before: number[]; after: number[] }

export async function presentChanges(db: Queryable, slug: string, { live, other }: GenerationPair, conflicts: readonly ConflictRow[], groups: readonly Changed[]): Promise<Pick<Diff, 'conflicts' | 'changes'>> {
  const shown = groups.map((group): Shown => ({ group, before: largest(group, 'before'), after: largest(group, 'after') }))
  const inConflict = conflicts.map((conflict) => ({ ...conflict, issues: conflict.issues.slice(0, shownIssues) }))
  const [before, after] = [
    await readSides(db, live.id, [...shown.flatMap((each) => each.before), ...inConflict.flatMap((each) => each.issues)]),
    await readSides(db, other.id, [...shown.flatMap((each) => each.after), ...inConflict.map((each) => each.into)]),
  ]
  const people = await readPeople(db, [...before.values(), ...after.values(), ...inConflict].map((row) => ('assignee' in row ? row.assignee : row.actor)))
  const name = (row: SideRow): Conflict['into'] => ({ id: String(row.id), shortId: formatShortId(slug, row.id), title: row.title })
  return {
    conflicts: inConflict.map(({ unmerge, actor, at, issues, into }) => {
      const rows = issues.flatMap((id) => before.get(id) ?? [])
      return { id: String(unmerge), date: at.toISOString(), user: (actor !== null && people.get(actor)) || null, issues: rows.map(name), into: name(after.get(into)!), suggestedRule: suggestRule(rows.map(separable)) }
    }),
    changes: shown.map((each) => presentChange(slug, each, before, after, people)),
  }
}

/** The issues with most events of the group, by id. */
function largest({ links }: Changed, side: 'before' | 'after'): number[] {
  return [...new Set(links.map((link) => link[side]))].slice(0, shownIssues).sort((a, b) => a - b)
}

function presentChange(slug: string, { group, before, after }: Shown, live: ReadonlyMap<number, SideRow>, other: ReadonlyMap<number, SideRow>, people: ReadonlyMap<string, Person>): Change {
  const side = (row: SideRow, events: number): Change['before'][number] => {
    const assignee = row.assignee === null ? undefined : people.get(row.assignee)
    return {
      id: String(row.id), shortId: formatShortId(slug, row.id), title: row.title, culprit: row.culprit, level: row.level, events, status: row.status,
      assignedTo: assignee ? { type: 'user', ...assignee } : null, comments: row.comments, lastSeen: row.lastSeen.toISOString(),
    }
  }
  const sum = (of: 'before' | 'after', id: number): number => group.links.reduce((total, link) => total + (link[of] === id ? link.events : 0), 0)
  const [isBefore, isAfter] = [new Set(before), new Set(after)]
  return {
    kind: group.kind,
    before: before.map((id) => side(live.get(id)!, sum('before', id))),
    after: after.map((id) => side(other.get(id)!, sum('after', id))),
    beforeCount: group.before.length,
    afterCount: group.after.length,
    links: group.links.filter((link) => isBefore.has(link.before) && isAfter.has(link.after)).map((link) => ({ from: String(link.before), to: String(link.after), events: link.events })),
    stateChanges: before.flatMap((id) => describeState(id, group.links.filter((link) => link.before === id && isAfter.has(link.after)), live, other)),
  }
}

/** Of the issues that one goes to, the first that differs speaks: its own id's, then by events. */
function describeState(id: number, links: readonly StatePair[], live: ReadonlyMap<number, SideRow>, other: ReadonlyMap<number, SideRow>): Change['stateChanges'] {
  const now = live.get(id)!
  const targets = links.toSorted((a, b) => Number(b.after === id) - Number(a.after === id))
  const status = targets.find((link) => link.statusDiffers)
  const assignee = targets.find((link) => link.assigneeDiffers)
  if (!status && !assignee) return []
  return [{
    id: String(id),
    ...(status && { status: { from: now.status, to: other.get(status.after)!.status } }),
    ...(assignee && { assignee: { from: now.assignee, to: other.get(assignee.after)!.assignee } }),
  }]
}

function separable({ id, metadata }: SideRow): Separable {
  return { id, metadata: JSON.parse(metadata) as Separable['metadata'] }
}

async function readSides(db: Queryable, generation: number, ids: readonly number[]): Promise<Map<number, SideRow>> {
  const { rows } = await db.query<SideRow>(
    `select id::float8 as id, title, culprit, metadata, level, status, assignee, comments, last_seen as "lastSeen"
     from issue where generation = $1 and id = any($2)`,
    [generation, [...new Set(ids)]],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
