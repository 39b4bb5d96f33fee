// One decision as a line of the audit log: who, what, about whom or what. Pure.

import type { AuditEntry } from '../../core/contract/audit.ts'
import { parseDecision, type Decision, type DecisionType } from '../../core/decisions.ts'
import { formatShortId } from '../../core/shortid.ts'
import type { Person } from '../issues/queries.ts'
import type { AuditRow } from './queries.ts'

/** Names of what the rows mention: accounts by `user:3`, slugs by project id. */
export type Names = { people: ReadonlyMap<string, Person>; slugs: ReadonlyMap<number, string> }

type DataOf<T extends DecisionType> = Extract<Decision, { type: T }>['data']
type Note<T extends DecisionType> = (data: DataOf<T>, words: Words) => string
type Words = { project: string; issue: string; member: string }

const notes: { [T in DecisionType]: Note<T> } = {
  'project.created': ({ slug }) => `created the project ${slug}`,
  'project.changed': (_, { project }) => `changed the project ${project}`,
  'project.configured': (_, { project }) => `changed the settings of ${project}`,
  'project.deleted': (_, { project }) => `deleted the project ${project}`,
  'key.created': ({ label }, { project }) => `made the key ${label} of ${project}`,
  'key.changed': (_, { project }) => `changed a key of ${project}`,
  'key.deleted': (_, { project }) => `deleted a key of ${project}`,
  'organization.configured': () => 'changed the quotas of the organization',
  'issue.resolved': (_, { issue }) => `resolved ${issue}`,
  'issue.reopened': (_, { issue }) => `reopened ${issue}`,
  'issue.ignored': (_, { issue }) => `archived ${issue}`,
  'issue.reviewed': (_, { issue }) => `reviewed ${issue}`,
  'issue.deleted': (_, { issue }) => `deleted ${issue}`,
  'issue.assigned': ({ assignee }, { issue, member }) => (assignee === null ? `unassigned ${issue}` : `assigned ${issue} to ${member}`),
  'comment.added': (_, { issue }) => `commented on ${issue}`,
  'comment.edited': (_, { issue }) => `edited a comment on ${issue}`,
  'comment.deleted': (_, { issue }) => `deleted a comment on ${issue}`,
  'issue.merged': ({ sides }, { issue }) => `merged ${sides.length} issues into ${issue}`,
  'issue.unmerged': (_, { issue }) => `unmerged ${issue}`,
  'grouping.revised': (_, { project }) => `changed the grouping rules of ${project}`,
  'grouping.requested': (_, { project }) => `asked for a new grouping of ${project}`,
  'grouping.applied': ({ generation }, { project }) => `applied generation ${generation} of ${project}`,
  'grouping.discarded': ({ generation }, { project }) => `discarded generation ${generation} of ${project}`,
  'release.changed': ({ version }) => `changed the release ${version}`,
  'release.deleted': ({ version }) => `deleted the release ${version}`,
  'deploy.created': ({ version, environment }) => `deployed ${version} to ${environment}`,
  'member.invited': ({ role }) => `invited a ${role}`,
  'member.uninvited': () => 'took back an invitation',
  'member.joined': ({ role }) => `joined as ${role}`,
  'member.changed': ({ role }, { member }) => (role === undefined ? `changed the projects of ${member}` : `made ${member} ${role}`),
  'member.removed': (_, { member }) => `removed ${member}`,
  'token.created': ({ kind }) => (kind === 'org' ? 'made a token of the organization' : 'made a token'),
  'token.deleted': () => 'revoked a token',
}

export const auditEvents = Object.keys(notes) as DecisionType[]

/** What says too much for a line: lists of keys, texts of rules, commits. */
const leftOut = new Set(['keys', 'sides', 'rest', 'rules', 'frameRules', 'commits', 'refs'])

/** The actor whom a decision is about, as `user:3`. */
export function concernedUser({ data }: Decision): string | null {
  if ('account' in data) return `user:${data.account}`
  return 'assignee' in data ? data.assignee : null
}

export function presentDecision(row: AuditRow, decision: Decision, { people, slugs }: Names): AuditEntry {
  const { data } = decision
  const slug = row.project === null ? null : (slugs.get(row.project) ?? null)
  const concerned = concernedUser(decision)
  const words: Words = {
    project: slug ?? `project ${row.project}`,
    issue: 'issue' in data ? (slug === null ? `issue ${data.issue}` : formatShortId(slug, data.issue)) : '',
    member: (concerned && people.get(concerned)?.name) ?? 'somebody who is gone',
  }
  const note = notes[decision.type] as (data: Decision['data'], words: Words) => string
  return {
    id: String(row.position),
    actor: people.get(row.actor ?? '') ?? null,
    event: decision.type,
    note: note(data, words),
    targetObject: findTarget(data),
    targetUser: (concerned && people.get(concerned)) || null,
    dateCreated: row.recordedAt.toISOString(),
    data: Object.fromEntries(Object.entries(data).filter(([name]) => !leftOut.has(name))),
    refold: { actor: row.actor, project: slug },
  }
}

export function readDecision({ type, payload }: AuditRow): Decision {
  return parseDecision(type, payload)
}

const targets = ['comment', 'issue', 'generation', 'token', 'invitation', 'account', 'version', 'id', 'project'] as const

/** The narrowest thing that the decision names. */
function findTarget(data: Decision['data']): string | null {
  const named = targets.find((name) => name in data)
  return named === undefined ? null : String((data as Record<string, unknown>)[named])
}
