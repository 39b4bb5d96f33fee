// Reports of the browser about security policies: which rule blocked what (grouping.md 3.1).

import { isObject, readText, type JsonObject } from '../front.ts'
import type { Component, Contribution } from '../types.ts'

const hostReports = ['hpkp', 'expectct', 'expectstaple']

export function contributeSecurity(event: JsonObject): Contribution | undefined {
  const csp = event.csp ?? event['sentry.interfaces.Csp']
  if (isObject(csp)) return answer([['k', 'csp'], ['d', nameDirective(csp)], ['u', nameBlocked(csp)]])
  for (const kind of hostReports) {
    const report = event[kind]
    if (isObject(report)) return answer([['k', kind], ['u', readText(report.hostname).toLowerCase()]])
  }
  return undefined
}

function answer(components: Component[]): Contribution {
  return { strategy: 'security', components, notes: [] }
}

function nameDirective(csp: JsonObject): string {
  return readText(csp.effective_directive) || readText(csp.violated_directive).trim().split(/\s/, 1)[0]!
}

/** `inline`, `eval`, `self`, a host, or the scheme of what has no host. */
function nameBlocked(csp: JsonObject): string {
  const blocked = readText(csp.blocked_uri).trim().toLowerCase()
  const word = blocked.replaceAll("'", '')
  if (word === 'inline' || word === 'eval') return word
  if (word === '' || word === 'self') {
    const violated = readText(csp.violated_directive)
    return violated.includes("'unsafe-inline'") ? 'inline' : violated.includes("'unsafe-eval'") ? 'eval' : 'self'
  }
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/.exec(blocked)
  return host?.[1] || blocked.split(':', 1)[0]!
}
