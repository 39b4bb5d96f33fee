// IP addresses in texts, for projects that never store them (protocol 6.3). Time is linear: a run of hex digits and colons
// is looked at once, from its beginning.

import { readAddress } from '../event/user.ts'
import { note, type Run } from './run.ts'

const octet = '(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)'
const ipv4 = new RegExp(`(?<![a-z0-9.])(?:${octet}\\.){3}${octet}(?![a-z0-9]|\\.\\d)`, 'gi')
const ipv6 = /(?<![0-9a-z:.])[0-9a-f:.]{2,}(?![0-9a-z])/gi
const ipv6Length = 48

/** Every IPv4 and IPv6 address becomes `[ip]`. */
export function cutAddresses(text: string, run: Run): string {
  let rest = text
  if (rest.includes(':')) {
    rest = rest.replace(ipv6, (found) => {
      const colon = found.indexOf(':')
      if (colon === -1 || found.length > ipv6Length || !found.includes(':', colon + 1) || !/[0-9a-f]/i.test(found)) return found
      // `fe80::1: refused.` ends in what could belong to an address.
      const end = /[0-9a-f]::$/i.test(found) ? '' : (/[:.]+$/.exec(found)?.[0] ?? '')
      if (readAddress(found.slice(0, found.length - end.length)) === null) return found
      note(run, 'ip')
      return '[ip]' + end
    })
  }
  if (!rest.includes('.')) return rest
  return rest.replace(ipv4, () => {
    note(run, 'ip')
    return '[ip]'
  })
}
