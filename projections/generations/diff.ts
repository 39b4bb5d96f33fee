// The preview of a regroup (ui.md 2.11): what becomes of the live generation's issues in another one, in groups, with sums that must
// agree, and a token that apply sends back. All of it is read in one snapshot.

import type { Pool } from 'pg'
import type { Diff } from '../../core/contract/grouping.ts'
import { groupPairs, sizeOf, type ChangeKind } from '../../core/grouping/diff.ts'
import { cutPage, type Cursor, type Page } from '../paging.ts'
import { presentChanges, type Changed } from './changes.ts'
import { findConflicts } from './conflicts.ts'
import { readMatrix, type Matrix, type StatePair } from './matrix.ts'
import { findPair, inSnapshot, readPreview, type Preview } from './preview.ts'

export type DiffAsked = { project: { id: number; slug: string }; generation: number; all: boolean; cursor: Cursor | undefined; limit: number }
export type DiffPage = { diff: Diff; page: Page<Changed> }

/** Null when the project has no such generation beside the live one. */
export async function readDiff(pool: Pool, { project, generation, all, cursor, limit }: DiffAsked): Promise<DiffPage | null> {
  return inSnapshot(pool, async (db) => {
    const pair = await findPair(db, project.id, generation)
    if (!pair) return null
    const conflicts = await findConflicts(db, pair.live, pair.other)
    const [matrix, preview] = [await readMatrix(db, pair.live, pair.other), await readPreview(db, pair, conflicts)]
    const groups = groupPairs(matrix.pairs)
    const page = takePage(all ? groups : groups.filter(isChange), cursor, limit)
    const complete = preview.ready && matrix.complete
    const diff: Diff = {
      generation: String(pair.other.id),
      live: String(pair.live.id),
      complete,
      token: complete ? preview.token : null,
      summary: summarise(groups, matrix, preview),
      ...(await presentChanges(db, project.slug, pair, conflicts, page.rows)),
    }
    return { diff, page }
  })
}

/** Where a group stands in the list. */
export function placeOf(group: Changed): { value: string; id: string } {
  return { value: String(sizeOf(group)), id: String(group.before[0]) }
}

/** Something that a person would see: another key alone is nothing. */
function isChange({ kind, links }: Changed): boolean {
  return kind === 'merged' || kind === 'split' || kind === 'mixed' || links.some((link) => link.statusDiffers || link.assigneeDiffers)
}

function takePage(groups: Changed[], cursor: Cursor | undefined, limit: number): Page<Changed> {
  const compare = (group: Changed): number => Number(cursor!.value) - sizeOf(group) || group.before[0]! - Number(cursor!.id)
  if (!cursor) return cutPage(groups.slice(0, limit + 1), limit, cursor)
  const beyond = cursor.backward ? groups.filter((group) => compare(group) < 0).toReversed() : groups.filter((group) => compare(group) > 0)
  return cutPage(beyond.slice(0, limit + 1), limit, cursor)
}

function summarise(groups: readonly Changed[], { pairs, addsUp }: Matrix, { parked, liveParked }: Preview): Diff['summary'] {
  const count = (kind: ChangeKind): number => groups.filter((group) => group.kind === kind).length
  const turns = (kind: ChangeKind): { from: number; into: number } => {
    const all = groups.filter((group) => group.kind === kind)
    return { from: all.reduce((sum, { before }) => sum + before.length, 0), into: all.reduce((sum, { after }) => sum + after.length, 0) }
  }
  const issuesWhere = (holds: (pair: StatePair) => boolean): number => new Set(pairs.filter(holds).map(({ before }) => before)).size
  const kept = new Set(pairs.map(({ after }) => after))
  return {
    events: pairs.reduce((sum, pair) => sum + pair.events, 0),
    stay: count('unchanged'),
    rekeyed: count('rekeyed'),
    merges: turns('merged'),
    splits: turns('split'),
    mixed: turns('mixed'),
    statusChanges: issuesWhere((pair) => pair.statusDiffers),
    assigneeChanges: issuesWhere((pair) => pair.assigneeDiffers),
    redirects: issuesWhere(({ before }) => !kept.has(before)),
    parked, liveParked, addsUp,
  }
}
