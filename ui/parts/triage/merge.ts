// Merging issues and taking keys out of one, by people: one decision each, exact, and taken back by the other.

import type { IssueHash } from '../../../core/contract/grouping.ts'
import type { Issue } from '../../../core/contract/issue.ts'
import { read, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { orgPath, projectPath } from '../../data/session.ts'
import { beginWork } from '../../data/work.ts'
import { showToast } from '../basic/Toast.tsx'
import { offerUndo, tellFailure } from './undo.ts'

type Named = Pick<Issue, 'id' | 'shortId' | 'project'>
/** `newest` is the newest event with the key, as the list of keys last showed it. */
type Key = { id: string; newest: string | null }
type Merged = { merge: { parent: string; children: string[] } }
/** Undoing needs the keys of each issue, one read apiece. */
const mostUndone = 100
/** More do not fit into the address. */
const inAddress = 50

/** The oldest stays. Never rejects: a refusal is told in the toast, with Retry. */
export async function mergeIssues(issues: readonly Named[]): Promise<void> {
  const { slug } = issues[0]!.project
  const ids = issues.map(({ id }) => id)
  const work = beginWork('Merging', ids.length, null)
  try {
    const keys = new Map(ids.length > mostUndone ? [] : await Promise.all(ids.map(async (id) => [id, await readKeys(id)] as const)))
    const { parent, children } = (await sendMerge(slug, ids)).merge
    const into = issues.find(({ id }) => id === parent)?.shortId ?? parent
    await rereadIssues()
    const said = `${issues.length} issues merged into ${into}`
    const sides = children.map((child) => keys.get(child) ?? [])
    if (sides.some((side) => side.length === 0)) showToast({ text: said })
    else offerUndo(said, () => sendUnmerge(parent, sides))
  } catch (error) {
    tellFailure(`${issues.length} issues could not be merged`, error, () => mergeIssues(issues))
  } finally {
    work.end()
  }
}

/** Each of `keys` becomes an issue of its own again. Never rejects. */
export async function unmergeKeys(issue: Named, keys: readonly Key[]): Promise<void> {
  try {
    const sides = keys.map(({ id }) => [id])
    await sendUnmerge(issue.id, sides)
    const left = await Promise.all(keys.map(({ newest }) => findHolder(issue, newest)))
    const said = `${keys.length === 1 ? '1 key' : `${keys.length} keys`} left ${issue.shortId}`
    const ids = left.flatMap((id) => (id === null ? [] : [id]))
    if (ids.length < keys.length) showToast({ text: said })
    else offerUndo(said, async () => {
      await sendMerge(issue.project.slug, [issue.id, ...ids])
      await rereadIssues()
    })
  } catch (error) {
    tellFailure(`Nothing left ${issue.shortId}`, error, () => unmergeKeys(issue, keys))
  }
}

const sendMerge = async (slug: string, ids: readonly string[]): Promise<Merged> => {
  const many = ids.length > inAddress
  return (await request<Merged>('PUT', projectPath(slug, 'issues/'), { query: many ? {} : { id: ids }, body: { merge: 1, ...(many && { ids }) } })).body
}

async function sendUnmerge(issue: string, sides: string[][]): Promise<void> {
  await request('PUT', orgPath(`issues/${issue}/unmerge/`), { body: { sides } })
  await rereadIssues()
}

const readKeys = async (id: string): Promise<string[]> => (await read<IssueHash[]>(orgPath(`issues/${id}/hashes/`))).map((hash) => hash.id)

/** The issue of a key: the newest event with it says so. */
async function findHolder(issue: Named, newest: string | null): Promise<string | null> {
  if (newest === null) return null
  return (await read<{ groupID: string }>(projectPath(issue.project.slug, `events/${newest}/`))).groupID
}

/** Rows come and go with a merge, and their counts change. */
async function rereadIssues(): Promise<void> {
  await Promise.all(['issues', 'issue', 'issue-counts', 'hashes', 'event'].map((key) => client.invalidateQueries({ queryKey: [key] })))
}
