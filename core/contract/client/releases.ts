// Releases and deploys, mostly for builds.

import type { z } from 'zod'
import type { Deploy, newDeploy, newRelease, Release, ReleaseCommit, ReleaseInfo, releaseUpdate } from '../release.ts'
import { onOrganization, type Api } from './api.ts'
import type { Paging } from './pages.ts'
import type { CallOptions } from './transport.ts'

type ReleaseQuery = Paging & { query?: string; status?: 'open' | 'archived'; project?: string | readonly string[] }

export function releaseCalls({ send, page, all }: Api) {
  const onRelease = `${onOrganization}releases/:version/`
  return {
    releases: (query: ReleaseQuery = {}, options?: CallOptions) => page<ReleaseInfo>(`GET ${onOrganization}releases/`, { query }, options),
    allReleases: (query: Omit<ReleaseQuery, 'cursor'> = {}, options?: CallOptions) => all<ReleaseInfo>(`GET ${onOrganization}releases/`, { query }, options),
    release: (version: string, options?: CallOptions) => send<ReleaseInfo>(`GET ${onRelease}`, { params: { version } }, options),
    /** One that is known is changed. */
    createRelease: (body: z.input<typeof newRelease>, options?: CallOptions) => send<Release>(`POST ${onOrganization}releases/`, { body }, options),
    updateRelease: (version: string, body: z.input<typeof releaseUpdate>, options?: CallOptions) => send<Release>(`PUT ${onRelease}`, { params: { version }, body }, options),
    deleteRelease: (version: string, options?: CallOptions) => send<undefined>(`DELETE ${onRelease}`, { params: { version } }, options),
    releaseCommits: (version: string, options?: CallOptions) => send<ReleaseCommit[]>(`GET ${onRelease}commits/`, { params: { version } }, options),
    deploys: (version: string, options?: CallOptions) => send<Deploy[]>(`GET ${onRelease}deploys/`, { params: { version } }, options),
    createDeploy: (version: string, body: z.input<typeof newDeploy>, options?: CallOptions) => send<Deploy>(`POST ${onRelease}deploys/`, { params: { version }, body }, options),
  }
}
