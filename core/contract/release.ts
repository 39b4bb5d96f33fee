// Releases, their commits and deploys as the API shows them and reads them (protocol 7.1): Sentry's fields, those that sentry-cli
// parses exactly as it wants them. A release is one row per project in the tables, and one thing with several projects here.

import { z } from 'zod'
import { isVersion, maxVersionLength } from '../release/version.ts'

const maxCommits = 1_000
const maxRefs = 100
const maxProjects = 100

export const releaseVersion = z
  .string()
  .trim()
  .min(1, 'Name a version.')
  .max(maxVersionLength, `At most ${maxVersionLength} characters.`)
  .refine((text) => isVersion(text) && text.isWellFormed() && !text.includes('\0'), 'A version has no slashes, backslashes, line breaks or tabs, and is neither dots nor “latest”.')

/** Kept to the millisecond; sentry-cli sends nanoseconds. Without an offset it is UTC. */
const time = z.iso
  .datetime({ offset: true, local: true, error: 'Use a time such as 2026-11-22T14:30:34Z.' })
  .transform((text) => new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`))
  .refine((date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999, 'Use a year from 1 to 9999.')
  .transform((date) => date.toISOString())

/** Longer ones are cut, so that a thousand of them stay below what one decision can hold. */
const cut = (length: number) => z.string().transform((text) => text.replaceAll('\0', '\uFFFD').slice(0, length).toWellFormed())
/** It becomes a link. */
const address = z.string().max(2_000, 'At most 2,000 characters.').refine((text) => text.isWellFormed() && /^https?:\/\/[^\s\0]+$/i.test(text), 'Use an address that begins with http:// or https://.')
/** Slugs, or ids: sentry-cli sends what looks like a number as one (protocol case 169). */
const projects = z.array(z.union([z.string(), z.int()]).transform(String)).max(maxProjects, `At most ${maxProjects} projects.`)

const ref = z.object({ repository: cut(200), commit: cut(64), previousCommit: cut(64).nullish() })
const commit = z.object({
  id: cut(64).refine((text) => text !== '', 'A commit needs its id.'),
  repository: cut(200).nullish(), author_name: cut(200).nullish(), author_email: cut(200).nullish(), message: cut(500).nullish(), timestamp: time.nullish(),
})

/** What is not given stays as it is. Of commits and refs all are replaced. */
export const releaseUpdate = z.object({
  projects: projects.optional(),
  url: address.nullish(),
  dateStarted: time.nullish(),
  dateReleased: time.nullish(),
  status: z.enum(['open', 'archived'], 'Use open or archived.').nullish(),
  refs: z.array(ref).max(maxRefs, `At most ${maxRefs} refs.`).nullish(),
  commits: z.array(commit).max(maxCommits, `At most ${maxCommits.toLocaleString('en')} commits.`).nullish(),
})
export type ReleaseUpdate = z.infer<typeof releaseUpdate>

export const newRelease = releaseUpdate.extend({ version: releaseVersion })

export const newDeploy = z.object({
  environment: z.string().trim().min(1, 'Name an environment.').max(64, 'At most 64 characters.').refine((text) => text.isWellFormed() && !/[\p{Cc}/]/u.test(text), 'An environment has no line breaks and no slashes.'),
  name: cut(64).nullish(),
  url: address.nullish(),
  dateStarted: time.nullish(),
  /** Default now. */
  dateFinished: time.nullish(),
  projects: projects.nullish(),
})

const author = z.object({ name: z.string(), email: z.string().nullable() })
export const releaseCommit = z.object({
  id: z.string(),
  message: z.string().nullable(),
  dateCreated: z.string().nullable(),
  author: author.nullable(),
  repository: z.object({ name: z.string() }).nullable(),
})
export type ReleaseCommit = z.infer<typeof releaseCommit>

/** What a command answers: all that does not depend on events yet to be folded. */
export const release = z.object({
  version: z.string(),
  shortVersion: z.string(),
  versionInfo: z.object({ package: z.string().nullable(), version: z.object({ raw: z.string() }), description: z.string(), buildHash: z.string().nullable() }),
  status: z.enum(['open', 'archived']),
  /** The commit of its first ref. */
  ref: z.string().nullable(),
  url: z.string().nullable(),
  dateCreated: z.string(),
  dateStarted: z.string().nullable(),
  dateReleased: z.string().nullable(),
  firstEvent: z.string().nullable(),
  lastEvent: z.string().nullable(),
  commitCount: z.number(),
  lastCommit: releaseCommit.nullable(),
  projects: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), platform: z.string().nullable() })),
})
export type Release = z.infer<typeof release>

export const deploy = z.object({
  id: z.string(),
  environment: z.string(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  dateStarted: z.string().nullable(),
  /** Never null: sentry-cli would not survive it. */
  dateFinished: z.string(),
})
export type Deploy = z.infer<typeof deploy>

export const releaseInfo = release.extend({
  /** Issues that were first seen in it. */
  newGroups: z.number(),
  deployCount: z.number(),
  lastDeploy: deploy.nullable(),
  /** Of its newest 20 commits. */
  authors: z.array(author),
})
export type ReleaseInfo = z.infer<typeof releaseInfo>

/** A place on a time line. */
export const releaseMarker = z.object({ version: z.string(), date: z.string(), projects: z.array(z.string()) })
export type ReleaseMarker = z.infer<typeof releaseMarker>

export const codeMappings = z.object({
  project: z.union([z.string(), z.int()]).transform(String),
  repository: z.string(),
  defaultBranch: z.string().nullish(),
  mappings: z.array(z.object({ stackRoot: z.string(), sourceRoot: z.string() })).min(1, 'Give at least one mapping.').max(300, 'At most 300 mappings.'),
})
