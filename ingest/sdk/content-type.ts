// The Content-Type of a request, for the few ways in where it means something. Out of the raw headers: routes.ts takes it from
// the others, because Fastify answers 415 to an odd one before any parser runs.
import type { IncomingMessage } from 'node:http'

/** As sent; '' when there is none. */
export function readContentType({ rawHeaders }: IncomingMessage): string {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type')
  return at < 0 ? '' : (rawHeaders[at + 1] ?? '')
}

/** Without parameters, in lower case. */
export function readMimeType(raw: IncomingMessage): string {
  return readContentType(raw).split(';', 1)[0]!.trim().toLowerCase()
}
