// Members, invitations, the one team there is, and the audit log.

import { z } from 'zod'
import { loginAnswer } from '../account.ts'
import { auditLog } from '../audit.ts'
import { acceptance, changedMember, invitation, member, newMember, team } from '../member.ts'
import type { Operations } from '../operation.ts'
import { project } from '../project.ts'

const organization = '/api/0/organizations/:org/'
const link = '/api/0/accept-invite/:invitation/:secret/'

export const memberOperations: Operations = {
  [`GET ${organization}members/`]: { summary: 'List the members and who is invited', answer: z.array(member) },
  [`POST ${organization}members/`]: {
    summary: 'Invite somebody',
    description: 'refold.inviteUrl is the link to pass on; it works once, for a week, and is never shown again. Inviting the same address again makes a new link. Nobody gives a role above their own.',
    body: newMember, answer: member, status: 201,
  },
  [`GET ${organization}members/:member/`]: { summary: 'Show a member', description: 'By id, or me.', answer: member },
  [`PUT ${organization}members/:member/`]: { summary: 'Change the role or the projects of a member', description: 'Managers and owners belong to every project.', body: changedMember, answer: member },
  [`DELETE ${organization}members/:member/`]: { summary: 'Remove a member', description: 'Ends their sessions, tokens and open invitations at once. The last owner stays.' },
  [`DELETE ${organization}members/me/`]: { summary: 'Leave the organization' },
  [`GET ${link}`]: { summary: 'Show what an invitation is for', answer: invitation },
  [`POST ${link}`]: { summary: 'Accept an invitation', description: 'Creates the account under the address that was invited, and signs in.', body: acceptance, answer: loginAnswer, status: 201 },
  [`GET ${organization}users/`]: { summary: 'List the people whom an issue can be assigned to', answer: z.array(member) },
  'GET /api/0/projects/:org/:project/members/': { summary: 'List the members of a project', answer: z.array(member) },
  [`GET ${organization}teams/`]: { summary: 'List the teams: there is one, everybody', answer: z.array(team) },
  'GET /api/0/projects/:org/:project/teams/': { summary: 'List the teams of a project', answer: z.array(team) },
  'GET /api/0/teams/:org/:team/': { summary: 'Show the team', answer: team },
  'GET /api/0/teams/:org/:team/projects/': { summary: 'List the projects of the team', answer: z.array(project) },
  [`GET ${organization}audit-logs/`]: {
    summary: 'List who did what',
    description: 'Every decision that people, tokens and the installation itself have made, newest first.',
    query: z.object({ event: z.array(z.string()).describe('Types of decisions, or what they begin with: issue.resolved, member.').optional(), actor: z.string().describe('The id of an account, or an actor of the log: system:build.').optional() }),
    answer: auditLog, paged: true,
  },
}
