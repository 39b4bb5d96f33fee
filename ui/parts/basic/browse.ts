// Reading a generation that is not live: `?generation=13` on the stream and on an issue's page. Everything there is read
// from it, every link keeps it, and no command acts. Nor does one where the role only reads.

import { may, user } from '../../data/session.ts'
import { showToast } from './Toast.tsx'

/** The generation that the address asks for; null = the live one. */
export function browsedGeneration(search: string): string | null {
  const asked = new URLSearchParams(search).get('generation')
  return asked !== null && /^\d+$/.test(asked) ? asked : null
}

/** `address` with the generation that is browsed. */
export function keepGeneration(address: string, generation: string | null): string {
  if (generation === null) return address
  return `${address}${address.includes('?') ? '&' : '?'}generation=${generation}`
}

/** Why issues cannot be changed here; undefined = they can. `generation`: the one that is browsed. */
export function whyReadOnly(generation: string | null): string | undefined {
  if (generation !== null) return `Generation ${generation} is read-only: it is not applied.`
  return user() !== null && !may('event:write') ? 'Your role only reads. An owner or a manager can change it.' : undefined
}

/** True where nothing can be changed, having said why. */
export function refuses(generation: string | null): boolean {
  const text = whyReadOnly(generation)
  if (text !== undefined) showToast({ text })
  return text !== undefined
}
