// Why a whole request was refused, for the project's owner: the fixed vocabulary of the outcomes that the door records, with a sentence of each;
// those of single items are in outcome-words.ts. SDKs get less: one 403 for everything about keys (protocol 2.3).

/** Of whole requests. */
export const reasons = {
  unknown_key: "The key does not exist. Compare it with the project's DSN.",
  disabled_key: 'The key is switched off.',
  wrong_project: "The key belongs to another project. Compare the number at the end of the DSN with the project's.",
  bad_key: "The key is not 32 hexadecimal digits. Compare it with the project's DSN.",
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
