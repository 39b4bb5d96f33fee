// Releases, their commits and deploys; and the lists that sentry-cli asks for and that are always empty here.

import { z } from 'zod'
import { severalProjects } from '../narrow.ts'
import type { Operations } from '../operation.ts'
import { codeMappings, deploy, newDeploy, newRelease, release, releaseCommit, releaseInfo, releaseMarker, releaseUpdate } from '../release.ts'

const onOrganization = '/api/0/organizations/:org/'

const filter = { query: z.string().optional().describe('What the version starts with.'), status: z.enum(['open', 'archived']).optional() }

function onReleases(prefix: string, whose: string, query: z.ZodObject): Operations {
  return {
    [`GET ${prefix}releases/`]: { summary: `List the releases of ${whose}`, description: 'Newest first, by when each first appeared.', query, answer: z.array(releaseInfo), paged: true },
    [`POST ${prefix}releases/`]: {
      summary: `Create a release of ${whose}`, description: 'One that is known is changed instead, and answered with 208. Without projects: of those that have it.', body: newRelease, answer: release, status: 201,
    },
    [`GET ${prefix}releases/:version/`]: { summary: `Show a release of ${whose}`, answer: releaseInfo },
    [`PUT ${prefix}releases/:version/`]: { summary: `Change a release of ${whose}`, description: 'What is left out stays; commits and refs are replaced. Without projects: of those that have it.', body: releaseUpdate, answer: release },
    [`DELETE ${prefix}releases/:version/`]: { summary: `Delete a release of ${whose}`, description: 'Refused while events name it.', status: 204 },
    [`GET ${prefix}releases/:version/commits/`]: { summary: `List the commits of a release of ${whose}`, answer: z.array(releaseCommit) },
  }
}

export const releaseOperations: Operations = {
  ...onReleases(onOrganization, 'the organization', z.object({ ...filter, ...severalProjects })),
  ...onReleases('/api/0/projects/:org/:project/', 'a project', z.object(filter)),
  [`GET ${onOrganization}releases/:version/previous-with-commits/`]: { summary: 'Show the release before, of those with commits', description: 'An empty object when there is none.', answer: z.union([releaseInfo, z.strictObject({})]) },
  [`GET ${onOrganization}releases/:version/deploys/`]: { summary: 'List the deploys of a release', answer: z.array(deploy), paged: true },
  [`POST ${onOrganization}releases/:version/deploys/`]: { summary: 'Record a deploy of a release', body: newDeploy, answer: deploy, status: 201 },
  [`GET ${onOrganization}releases/stats/`]: {
    summary: 'List releases as places on a time line', query: z.object({ statsPeriod: z.string().optional().describe('Like `24h` or `14d`, at most `90d`; default `14d`.'), ...severalProjects }), answer: z.array(releaseMarker),
  },
  [`GET ${onOrganization}repos/`]: { summary: 'List repositories', description: 'Always empty: none are kept.', answer: z.array(z.looseObject({})) },
  [`GET ${onOrganization}monitors/`]: { summary: 'List monitors', description: 'Always empty: check-ins are counted, and not watched.', answer: z.array(z.looseObject({})) },
  [`POST ${onOrganization}code-mappings/bulk/`]: { summary: 'Refuse code mappings', description: 'They are not kept, so the answer is always an error.', body: codeMappings },
}
