// Members and invitations as the API shows them (Sentry's shape; core/contract/member.ts).

import { roleNames } from '../../core/access.ts'
import type { Member } from '../../core/contract/member.ts'
import type { InvitationRow } from './invitations.ts'
import type { MemberRow } from './members.ts'

export function presentMember({ id, email, name, role, projects, seen, createdAt, lastSeen }: MemberRow): Member {
  const dateJoined = createdAt.toISOString()
  return {
    ...presentAny({ email, role, projects, seen }),
    id: String(id),
    name,
    pending: false,
    expired: false,
    dateCreated: dateJoined,
    inviterName: null,
    user: { id: String(id), name, username: email, email, isActive: true, dateJoined, lastActive: lastSeen?.toISOString() ?? null },
  }
}

export function presentInvitation({ id, email, role, projects, seen, createdAt, expired, inviter }: InvitationRow): Member {
  return {
    ...presentAny({ email, role, projects, seen }),
    id: `invite-${id}`,
    name: email,
    pending: true,
    expired,
    dateCreated: createdAt.toISOString(),
    inviterName: inviter,
    user: null,
  }
}

type Either = Pick<MemberRow, 'email' | 'role' | 'projects' | 'seen'>

function presentAny({ email, role, projects, seen }: Either): Pick<Member, 'email' | 'role' | 'orgRole' | 'roleName' | 'inviteStatus' | 'flags' | 'projects' | 'refold'> {
  return {
    email,
    role,
    orgRole: role,
    roleName: roleNames[role],
    inviteStatus: 'approved',
    flags: { 'sso:linked': false, 'sso:invalid': false },
    projects: seen.map(({ slug }) => slug),
    refold: { projects: projects === null ? 'all' : seen.map((project) => String(project.id)) },
  }
}
