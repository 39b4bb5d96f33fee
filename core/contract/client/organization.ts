// The organization: its members, what was done in it, and what came in.

import type { AuditEntry, AuditLog } from '../audit.ts'
import type { OutcomeStats, OutcomeStatsQuery } from '../intake.ts'
import type { ChangedMember, Member, NewMember, Team } from '../member.ts'
import type { ChangedOrganization, Organization } from '../project.ts'
import { onOrganization, type Api } from './api.ts'
import type { Paging } from './pages.ts'
import type { CallOptions } from './transport.ts'

type AuditQuery = Paging & { event?: string | readonly string[]; actor?: string }
type StatsQuery = Omit<OutcomeStatsQuery, 'project' | 'groupBy'> & { project?: string | readonly string[]; groupBy?: OutcomeStatsQuery['groupBy'] | readonly NonNullable<OutcomeStatsQuery['groupBy']>[number][] }

export function organizationCalls({ send, page, part, all }: Api) {
  const auditLog = (query: AuditQuery = {}, options?: CallOptions) => part<AuditLog>(`GET ${onOrganization}audit-logs/`, { query }, options)

  return {
    organizations: (options?: CallOptions) => send<Organization[]>('GET /api/0/organizations/', {}, options),
    updateOrganization: (body: ChangedOrganization, options?: CallOptions) => send<Omit<Organization, 'dateCreated' | 'quotas'> & Pick<Partial<Organization>, 'quotas'>>(`PUT ${onOrganization}`, { body }, options),
    teams: (options?: CallOptions) => send<Team[]>(`GET ${onOrganization}teams/`, {}, options),
    members: (options?: CallOptions) => page<Member>(`GET ${onOrganization}members/`, {}, options),
    allMembers: (options?: CallOptions) => all<Member>(`GET ${onOrganization}members/`, {}, options),
    /** The link of the invitation is in `refold.inviteUrl`, and nowhere else. */
    inviteMember: (body: NewMember, options?: CallOptions) => send<Member>(`POST ${onOrganization}members/`, { body, once: true }, options),
    updateMember: (member: string, body: ChangedMember, options?: CallOptions) => send<Member>(`PUT ${onOrganization}members/:member/`, { params: { member }, body }, options),
    removeMember: (member: string, options?: CallOptions) => send<undefined>(`DELETE ${onOrganization}members/:member/`, { params: { member } }, options),
    auditLog,
    async *allAuditLog(query: Omit<AuditQuery, 'cursor'> = {}, options?: CallOptions): AsyncGenerator<AuditEntry, void, undefined> {
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { data, next }: Awaited<ReturnType<typeof auditLog>> = await auditLog({ ...query, ...(cursor && { cursor }) }, options)
        yield* data.rows
        cursor = next
      }
    },
    stats: (query: StatsQuery = {}, options?: CallOptions) => send<OutcomeStats>(`GET ${onOrganization}stats_v2/`, { query }, options),
  }
}
