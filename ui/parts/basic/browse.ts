// Reading a generation that is not live: `?generation=13` on the stream and on an issue's page. Everything there is read
// from it, every link keeps it, and no command acts.

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

export const whyReadOnly = (generation: string): string => `Generation ${generation} is read-only: it is not applied.`

/** True while a generation is browsed, having said why nothing happens. */
export function refuses(generation: string | null): boolean {
  if (generation !== null) showToast({ text: whyReadOnly(generation) })
  return generation !== null
}
