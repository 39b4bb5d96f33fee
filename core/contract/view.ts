// Saved views: the lists of issues that a person keeps under a name, as the API shows and takes them. Sentry's shape; what it has no
// place for is under `refold`.

import { z } from 'zod'

/** Of one person in one project. */
export const maxViews = 50
const maxName = 64
/** As a search may have (core/search/limits.ts). */
const maxQuery = 1_000
const maxEnvironments = 50

const viewSort = z.enum(['date', 'new', 'freq', 'user'])
const viewColumn = z.enum(['trend', 'events', 'users', 'age', 'seen', 'assignee'])
const viewDensity = z.enum(['normal', 'compact'])
export type ViewColumn = z.infer<typeof viewColumn>
export type ViewDensity = z.infer<typeof viewDensity>

/** All null = any time. */
const shownTimes = z.object({ period: z.string().nullable(), start: z.string().nullable(), end: z.string().nullable() })
/** null = as the person has set them for all lists. */
const look = z.object({ columns: z.array(viewColumn).nullable(), density: viewDensity.nullable() })

export const view = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  querySort: viewSort,
  projects: z.array(z.int()).describe('Always one: a view belongs to a project.'),
  environments: z.array(z.string()).describe('None = all.'),
  timeFilters: shownTimes,
  dateCreated: z.string(),
  dateUpdated: z.string(),
  refold: look,
})
export type View = z.infer<typeof view>

const exampleTime = 'Use a time like 2026-12-31T00:00:00Z.'
const time = z.iso.datetime({ offset: true, local: true, error: exampleTime }).refine(isListed, exampleTime).nullish()
/** Without a zone it is UTC, as in every query of the API. */
export function readTime(text: string | null | undefined): Date | null {
  return text ? new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`) : null
}

/** No list is narrowed to a year that has not four digits in UTC. What is no time is refused before. */
function isListed(text: string): boolean {
  const year = readTime(text)!.getUTCFullYear()
  return !(year < 0 || year > 9999)
}

const timeFilters = z.object({ period: z.string().regex(/^\d{1,5}[smhdw]$/, 'Use a period like 24h or 14d.').nullish(), start: time, end: time })
  .refine(({ period, start, end }) => !period || (!start && !end), 'Use a period, or a start and an end.')
  .refine(({ start, end }) => !start || !end || readTime(start)! < readTime(end)!, 'The end must come after the start.')

const fields = {
  name: z.string().trim().min(1, 'Give the view a name.').max(maxName, `At most ${maxName} characters.`),
  query: z.string().max(maxQuery, `At most ${maxQuery} characters.`),
  querySort: viewSort,
  environments: z.array(z.string().min(1).max(200, 'At most 200 characters.')).max(maxEnvironments, `At most ${maxEnvironments} environments.`),
  timeFilters,
  refold: look.partial(),
}
const { name, query, querySort, environments, refold } = fields
export const newView = z.object({
  name, query,
  querySort: querySort.default('date'),
  projects: z.tuple([z.union([z.string(), z.int()])], 'Name one project: a view belongs to one.').describe('One slug or id.'),
  environments: environments.default([]),
  timeFilters: timeFilters.default({}),
  refold: refold.default({}),
})
export type NewView = z.input<typeof newView>

/** What is left out stays; of `refold`, each field by itself. */
export const changedView = z.object(fields).partial()
export type ChangedView = z.infer<typeof changedView>

export const viewOrder = z.object({ view_ids: z.array(z.string().regex(/^\d{1,9}$/, 'Use ids of views.')).min(1, 'Name your views.').max(maxViews, `At most ${maxViews} views.`) })
