// The address an SDK is configured with, and which envelope headers carry (protocol 1). Also read by the project setup page.

export type Dsn = {
  scheme: 'http' | 'https'
  /** Lower-cased. Refold's own are 32 hex digits; anything of letters, digits and `_` parses. */
  publicKey: string
  /** With the port when one is written; IPv6 in brackets. */
  host: string
  /** '' or '/a/b'. */
  prefix: string
  projectId: number
}

const pattern = /^(https?):\/\/(\w+)(?::[^@/]*)?@(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?((?:\/[^/?#]+)*)\/([1-9]\d{0,15})\/?$/i

/** Null when it is not a DSN with a positive project id below 2^53. The secret is legacy and dropped. */
export function parseDsn(text: string): Dsn | null {
  const match = text.length <= 1024 ? pattern.exec(text) : null
  if (!match) return null
  const projectId = Number(match[6])
  if (!Number.isSafeInteger(projectId)) return null
  return {
    scheme: match[1]!.toLowerCase() === 'https' ? 'https' : 'http',
    publicKey: match[2]!.toLowerCase(),
    host: match[3]! + (match[4] ?? ''),
    prefix: match[5]!,
    projectId,
  }
}

/** Where an SDK with this DSN posts its envelopes. */
export function envelopeUrl(dsn: Dsn): string {
  return `${dsn.scheme}://${dsn.host}${dsn.prefix}/api/${dsn.projectId}/envelope/`
}
