// What the roles may, in plain words, and which of them one may give.

import { roles, type Role } from '../../../core/access.ts'
import { user } from '../../data/session.ts'

export const roleHints: Record<Role, string> = {
  owner: 'Everything, also other owners.',
  manager: 'Members, projects, grouping rules and limits; sees every project.',
  member: 'Works on issues, makes releases.',
  viewer: 'Reads.',
}

/** Nobody gives a role above their own, nor changes somebody who has one. From the highest. */
export function givenRoles(): Role[] {
  const own = user()?.role
  return own === undefined ? [] : roles.slice(0, roles.indexOf(own) + 1).toReversed()
}
