// `organizations/{org}/members/`: who is here and who is invited, and the commands on both. A member's id is the account's, that of a
// pending one `invite-7`.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { visibleIds, type Viewer } from '../../core/access.ts'
import type { Config } from '../../core/config.ts'
import { changedMember, newMember, type Member } from '../../core/contract/member.ts'
import { ApiError } from '../../core/errors.ts'
import { setPosition } from '../commands/append.ts'
import { invite, listInvitations, uninvite, type Invited, type NewInvitation } from './invitations.ts'
import { changeMember, listMembers, readProjectIds, removeMember } from './members.ts'
import { presentInvitation, presentMember } from './present-member.ts'
import { endSession } from './sessions.ts'
import { requireViewer } from './viewer.ts'

const path = '/api/0/organizations/:org/members/'
type OnMember = { Params: { member: string } }

export function registerMemberRoutes(app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }): void {
  app.get(path, async (request): Promise<Member[]> => {
    const visible = visibleIds(requireViewer(request))
    const [members, invitations] = await Promise.all([listMembers(pool, visible), listInvitations(pool, visible)])
    return [...members.map(presentMember), ...invitations.map(presentInvitation)]
  })

  app.get<OnMember>(`${path}:member/`, (request) => show(request))

  /** Who is invited already is invited anew. */
  app.post(path, async (request, reply): Promise<Member> => {
    const { email, orgRole, role, projects } = newMember.parse(request.body)
    const { invited, member } = await send(requireViewer(request), { email, role: orgRole ?? role ?? 'member', projects: await readProjectIds(pool, projects) })
    setPosition(reply, invited.position)
    reply.code(201)
    return member
  })

  app.put<OnMember>(`${path}:member/`, async (request, reply): Promise<Member> => {
    const viewer = requireViewer(request)
    const who = readMember(request)
    const { orgRole, role = orgRole, projects: names, reinvite } = changedMember.parse(request.body)
    const projects = names === undefined ? undefined : await readProjectIds(pool, names)
    if ('account' in who) {
      const position = await changeMember(pool, viewer, who.account, { role, projects })
      if (position > 0) setPosition(reply, position)
      return show(request)
    }
    const [open] = await listInvitations(pool, visibleIds(viewer), who.invitation)
    if (!open) throw new ApiError('notFound')
    if (role === undefined && projects === undefined && reinvite !== true) return presentInvitation(open)
    const { invited, member } = await send(viewer, { email: open.email, role: role ?? open.role, projects: projects === undefined ? open.projects : projects })
    setPosition(reply, invited.position)
    return member
  })

  app.delete<OnMember>(`${path}:member/`, async (request, reply) => {
    const viewer = requireViewer(request)
    const who = readMember(request)
    setPosition(reply, 'account' in who ? await removeMember(pool, viewer, who.account) : await uninvite(pool, viewer, who.invitation))
    return reply.code(204).send()
  })

  app.delete(`${path}me/`, async (request, reply) => {
    const viewer = requireViewer(request)
    setPosition(reply, await removeMember(pool, viewer, viewer.userId))
    await endSession(request, reply)
    return reply.code(204).send()
  })

  async function show(request: FastifyRequest<OnMember>): Promise<Member> {
    const visible = visibleIds(requireViewer(request))
    const who = readMember(request)
    const [found] = 'account' in who ? (await listMembers(pool, visible, { id: who.account })).map(presentMember) : (await listInvitations(pool, visible, who.invitation)).map(presentInvitation)
    if (!found) throw new ApiError('notFound')
    return found
  }

  async function send(viewer: Viewer, invitation: NewInvitation): Promise<{ invited: Invited; member: Member }> {
    const invited = await invite(pool, viewer, invitation)
    const member = presentInvitation((await listInvitations(pool, visibleIds(viewer), invited.id))[0]!)
    return { invited, member: { ...member, refold: { ...member.refold, inviteUrl: `${config.publicUrl}/accept-invite/${invited.id}/${invited.secret}` } } }
  }
}

/** `me`, `12` or `invite-7`. Throws `notFound` for anything else. */
function readMember(request: FastifyRequest<OnMember>): { account: number } | { invitation: number } {
  const { member } = request.params
  if (member === 'me') return { account: requireViewer(request).userId }
  const match = /^(invite-)?(\d{1,9})$/.exec(member)
  if (!match) throw new ApiError('notFound')
  return match[1] === undefined ? { account: Number(match[2]) } : { invitation: Number(match[2]) }
}
