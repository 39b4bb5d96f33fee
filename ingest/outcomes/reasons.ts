// Why something was refused, for the project's owner: the fixed vocabulary of the outcomes that the door records, with a sentence of each for
// the setup page. SDKs get less: one 403 for everything about keys (protocol 2.3).

/** Of whole requests. */
export const reasons = {
  unknown_key: 'The key does not exist. Compare it with the DSN above.',
  disabled_key: 'The key is switched off.',
  wrong_project: 'The key belongs to another project. Compare the number at the end of the DSN with the one above.',
  bad_key: 'The key is not 32 hexadecimal digits. Compare it with the DSN above.',
  no_auth: 'The request names no key.',
  bad_auth: 'The request names its key in a way that cannot be read.',
  several_keys: 'The request names several keys.',
  protocol_version: 'Only versions 2 to 7 of the protocol are supported.',
  origin: 'The web page it was sent from is not among the allowed domains.',
  bad_project: 'The address names no project.',
  malformed: 'The request cannot be read.',
  empty_body: 'The request has no body.',
  bad_encoding: 'The body is damaged, or not compressed the way the request says.',
  unknown_encoding: 'The body is compressed in a way that is not supported.',
  bad_event_id: 'The event id is not a UUID.',
  aborted: 'The connection ended before the body did.',
  too_large: 'The request is larger than allowed.',
  too_many_items: 'The envelope has more than 1,000 items.',
  backpressure: 'More came in than could be stored.',
  internal: 'Refold failed. Its log says why.',
} as const
export type Reason = keyof typeof reasons

/** Of items that were left out of what else was stored. */
const itemReasons = {
  key_quota: 'The quota of the key is used up.',
  project_quota: 'The quota of the project is used up.',
  organization_quota: 'The quota of the installation is used up.',
  attachment: 'Attachments are larger than allowed.',
  scrub_at_door: 'It cannot be scrubbed, and this project stores nothing unscrubbed.',
  invalid_json: 'It is not valid JSON, so it cannot be scrubbed before it is stored.',
  not_an_object: 'It is not a JSON object, so it cannot be scrubbed before it is stored.',
} as const

export function explainItem(reason: string): string | null {
  return Object.hasOwn(itemReasons, reason) ? itemReasons[reason as keyof typeof itemReasons] : null
}
