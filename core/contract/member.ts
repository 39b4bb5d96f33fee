// Members, invitations and teams as the API shows them, in Sentry's shapes. An invitation is a member that is still pending.

import { z } from 'zod'
import { roles } from '../access.ts'
import { newPassword } from './account.ts'
import { projectRef } from './project.ts'

const role = z.enum(roles)

export const memberUser = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  email: z.string(),
  isActive: z.boolean(),
  dateJoined: z.string(),
  /** To the minute; null = never. */
  lastActive: z.string().nullable(),
})

export const member = z.object({
  /** The account's, or `invite-7`. */
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  orgRole: role,
  roleName: z.string(),
  /** Invited, and not here yet. */
  pending: z.boolean(),
  /** An invitation that cannot be used any more. */
  expired: z.boolean(),
  dateCreated: z.string(),
  inviteStatus: z.literal('approved'),
  inviterName: z.string().nullable(),
  flags: z.object({ 'sso:linked': z.boolean(), 'sso:invalid': z.boolean() }),
  /** Null while pending. */
  user: memberUser.nullable(),
  /** Slugs. */
  projects: z.array(z.string()),
  refold: z.object({
    /** `all` = also those to come. */
    projects: z.union([z.literal('all'), z.array(z.string())]),
    /** Only in the answer that made it: the link that the invited person opens. */
    inviteUrl: z.string().optional(),
  }),
})
export type Member = z.infer<typeof member>

/** Slugs or ids; null = all projects, also those to come. */
const memberProjects = z.array(z.union([z.string(), z.int()]).transform(String)).max(1000, 'At most 1,000 projects.').nullable()

/** Sentry calls the role `orgRole`, once `role`. */
export const newMember = z.object({ email: z.email('Enter an email address.').max(320), orgRole: role.optional(), role: role.optional(), projects: memberProjects.default(null) })
export type NewMember = z.input<typeof newMember>

/** `reinvite`: the invitation gets a new link, and the old one is dead. */
export const changedMember = z.object({ orgRole: role.optional(), role: role.optional(), projects: memberProjects.optional(), reinvite: z.boolean().optional() })
export type ChangedMember = z.input<typeof changedMember>

/** What the invited person is told before accepting. */
export const invitation = z.object({
  email: z.string(),
  role,
  roleName: z.string(),
  orgSlug: z.string(),
  orgName: z.string(),
  inviterName: z.string().nullable(),
  needsPassword: z.boolean(),
  expiresAt: z.string(),
})
export type Invitation = z.infer<typeof invitation>

export const acceptance = z.object({ name: z.string().trim().max(128, 'At most 128 characters.').optional(), password: newPassword })
export type Acceptance = z.infer<typeof acceptance>

/** The one team there is: everybody. */
export const team = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  dateCreated: z.string(),
  isMember: z.boolean(),
  isPending: z.boolean(),
  hasAccess: z.boolean(),
  memberCount: z.number(),
  projects: z.array(projectRef),
})
export type Team = z.infer<typeof team>
