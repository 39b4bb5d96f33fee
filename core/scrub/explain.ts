// Why a value was taken out, in words: for the processing notes of an event's page.

import type { EventError } from '../event/notes.ts'
import type { OnScrub } from './scrub.ts'
import type { ScrubRule } from './run.ts'

/** Sentences without their subject. */
export const scrubReasons: Record<ScrubRule, string> = {
  password: 'its name or text says that it is a password, key or token',
  session: 'it is a session cookie',
  card: 'it looks like a card number',
  ssn: 'it looks like a social security number',
  iban: 'it looks like an IBAN',
  bearer: 'it is a bearer token',
  pem: 'it is a key in PEM',
  url: 'it is a password in a URL',
  email: 'it is an email address',
  ip: 'this project stores no IP addresses',
  graphql: 'it is a variable of a GraphQL query',
  field: "its name is among this project's sensitive fields",
  pattern: 'a pattern of this project matches it',
  depth: 'it lies too deep to be looked at',
  original: 'it is the original of a value that was changed',
}

const noteLimit = 50

/** Collects one note for each place, at most 50. */
export function collectScrubs(): { errors: EventError[]; onScrub: OnScrub } {
  const errors: EventError[] = []
  const onScrub: OnScrub = (rule, path) => {
    const name = path.slice(0, 200)
    if (errors.length < noteLimit && !errors.some(({ data }) => data.name === name)) errors.push({ type: 'scrubbed', message: `Removed by data scrubbing: ${scrubReasons[rule]}.`, data: { name } })
  }
  return { errors, onScrub }
}
