// One text: hidden whole, or what is secret in it replaced, as far as the rules reach at its place (protocol 6.4).

import { cutAddresses } from './addresses.ts'
import { replaceMatches } from './patterns.ts'
import { filtered, hide, note, type Run } from './run.ts'
import { cutMail, cutSecrets, namesSecret } from './secrets.ts'

/** Which default rules apply at a place. A project's patterns and the removal of addresses apply wherever texts are looked at. */
export type Reach = {
  /** Values are hidden by the default names of fields. */
  names: boolean
  /** Values are hidden by the project's names of fields. */
  asked: boolean
  /** Among cookies and headers: names of sessions hide too. */
  sessions: boolean
  /** Texts that name a secret are hidden whole. */
  words: boolean
  /** Cards, keys and the like are replaced. */
  shapes: boolean
  mail: boolean
}

/** Rounds until a text stays as it is: what one rule leaves may be what another looks for. */
const rounds = 5

/** Applying it again changes nothing. `isVersion`: what looks like an IPv4 address is none. */
export function scrubString(text: string, reach: Reach, run: Run, isVersion = false): string {
  let before = text
  for (let round = 0; round < rounds; round++) {
    const after = scrubOnce(before, reach, run, isVersion)
    if (after === before) return after
    before = after
  }
  return filtered
}

function scrubOnce(text: string, reach: Reach, run: Run, isVersion: boolean): string {
  const { rules } = run
  let rest = text
  if (rules.defaults) {
    if (reach.words && namesSecret(rest)) return hide(run, 'password')
    if (reach.shapes) rest = cutSecrets(rest, run)
    if (reach.mail) rest = cutMail(rest, run)
  }
  for (const pattern of rules.patterns) {
    const before = rest
    rest = replaceMatches(rest, pattern, filtered, run.budget)
    if (rest !== before) note(run, 'pattern')
  }
  return rules.addresses && !isVersion ? cutAddresses(rest, run) : rest
}
