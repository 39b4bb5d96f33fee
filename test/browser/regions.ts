// Every region of the app that reads something: its page, what it asks for, and a body that breaks it (ui.md 2.13).

import type { Page } from 'playwright-core'

export type RegionCase = {
  name: string
  address: string
  /** What it reads, as the end of a path. */
  api: RegExp
  /** Default: the first region of the page. */
  within?: string
  /** An answer of a shape that a component cannot draw. Absent: nothing would break. */
  broken?: unknown
  /** An answer that says there is nothing, and what the region says then. */
  empty?: { body: unknown; says: RegExp }
  /** The page itself says what is gone, forbidden. */
  own?: boolean
  signedIn?: false
}

/** `issue`, `event`: ids of what there is. */
export function listRegions({ issue }: { issue: string }): Record<string, RegionCase[]> {
  const at = `/issues/${issue}`
  return {
    lists: [
      { name: 'projects', address: '/projects', api: /\/organizations\/[^/]+\/projects\/$/, broken: [{ slug: 'x', name: 'x' }], empty: { body: [], says: /Create your first project/ } },
      { name: 'stream', address: '/p/shop/issues', api: /\/shop\/issues\/$/, within: '.stream-region', broken: [{ id: '1' }], empty: { body: [], says: /./ } },
      { name: 'feedback', address: '/p/shop/feedback', api: /\/shop\/user-feedback\/$/, broken: [{ id: '1', dateCreated: 'x' }], empty: { body: [], says: /./ } },
      { name: 'outcomes', address: '/p/shop/outcomes', api: /\/stats_v2\/$/, broken: { intervals: ['x'], groups: [{}] } },
    ],
    'an issue': [
      { name: 'issue', address: at, api: new RegExp(`/issues/${issue}/$`), within: '.region[data-state]', broken: { shortId: issue }, own: true },
      { name: 'event', address: at, api: /\/events\/latest\/$/, within: '.event-region', broken: { id: '1', eventID: 'a' } },
      { name: 'events', address: `${at}/events`, api: /\/issues\/\d+\/events\/$/, broken: [{}], empty: { body: [], says: /./ } },
      { name: 'tags', address: `${at}/tags`, api: /\/issues\/\d+\/tags\/$/, broken: [{}], empty: { body: [], says: /./ } },
    ],
    settings: [
      { name: 'members', address: '/settings/members', api: /\/members\/$/, broken: [{}] },
      { name: 'tokens', address: '/settings/tokens', api: /\/api-tokens\/$/, broken: [null], empty: { body: [], says: /No token yet/ } },
      { name: 'project settings', address: '/settings/projects/shop', api: /\/projects\/[^/]+\/shop\/$/ },
      { name: 'keys', address: '/settings/projects/shop/keys', api: /\/shop\/keys\/$/, within: '.region .region', broken: [{}], empty: { body: [], says: /No key/ } },
    ],
    'setting up': [
      { name: 'setup', address: '/p/shop/setup', api: /\/shop\/keys\/$/, within: '.region >> nth=1', broken: [{ isActive: true }], empty: { body: [], says: /disabled/ } },
      { name: 'grouping', address: '/p/shop/grouping', api: /\/shop\/grouping\/$/, broken: { generations: [{}] } },
      { name: 'login', address: '/login', api: /\/auth\/config\/$/, signedIn: false, broken: {} },
    ],
  }
}

/** What is read out now: texts of alerts and live regions. */
export const listAnnounced = async (page: Page): Promise<string[]> => {
  const texts = await page.locator('[role=alert], [role=status]').allInnerTexts()
  return texts.map((text) => text.trim()).filter((text) => text !== '')
}
