// Releases as the API lists them: their rows, with what the fold knows of their issues and deploys.

import type { Pool } from 'pg'
import type { ReleaseInfo } from '../../core/contract/release.ts'
import { presentCommit, presentDeploy, presentRelease, type ReleaseProject } from '../../core/release/present.ts'
import { countNewIssues, summarizeDeploys, type FoundRelease } from './queries.ts'

/** `projects`: those that the viewer sees, and that the releases were read of. */
export async function presentReleases(pool: Pool, projects: readonly ReleaseProject[], found: readonly FoundRelease[]): Promise<ReleaseInfo[]> {
  const [ids, versions] = [projects.map(({ id }) => id), found.map(({ version }) => version)]
  const [newIssues, deploys] = await Promise.all([countNewIssues(pool, ids, versions), summarizeDeploys(pool, ids, versions)])
  return found.map(({ version, rows }) => {
    const having = new Set(rows.map(({ project }) => project))
    const deployed = deploys.get(version)
    return {
      ...presentRelease(version, rows, projects.filter(({ id }) => having.has(id))),
      newGroups: newIssues.get(version) ?? 0,
      deployCount: deployed?.count ?? 0,
      lastDeploy: deployed ? presentDeploy(deployed.last) : null,
      authors: listAuthors(rows),
    }
  })
}

function listAuthors(rows: FoundRelease['rows']): ReleaseInfo['authors'] {
  const authors = rows.flatMap(({ commits }) => commits.map((commit) => presentCommit(commit).author))
  return [...new Map(authors.flatMap((author) => (author ? [[author.email ?? author.name, author] as const] : []))).values()]
}
