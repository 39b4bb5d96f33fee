// Why somebody may only look at a setting, in words.

import { grantedScopes, roleNames, roles, type Scope } from '../../../core/access.ts'
import { may, user } from '../../data/session.ts'

/** Undefined where one may. Nothing is said before it is known who asks. */
export function whyNot(scope: Scope): string | undefined {
  const me = user()
  if (me === null || may(scope)) return undefined
  const able = roles.filter((role) => grantedScopes(role).has(scope)).map((role) => roleNames[role].toLowerCase())
  return `Read-only for you, a ${roleNames[me.role].toLowerCase()}: ${able.length === 1 ? `only an ${able[0]}` : `a ${able.join(' or an ')}`} can change it.`
}
