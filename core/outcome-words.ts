// Outcomes in words: what pages and the API say where the door or the fold gave no sentence of its own.

import { reasons } from './outcome-reasons.ts'
import type { Outcome } from './outcome.ts'

const sentences: Record<string, string> = {
  'invalid/invalid_json': 'The event is not valid JSON. It is kept in the log, but there is nothing to show.',
  'invalid/not_an_object': 'The event is JSON, but not an object.',
  'invalid/duplicate_item': 'The envelope held more than one event; only the first counts.',
  'invalid/too_many_attachments': 'An envelope holds at most 30 attachments; those after were left out.',
  'invalid/empty_feedback': 'The feedback had no text.',
  'invalid/invalid_security_report': 'The security report names no directive that exists.',
  'duplicate/event_id': 'An event with this id is stored already; it counts once.',
  'filtered/browser_extension': 'Caused by a browser extension: dropped by an inbound filter.',
  'filtered/legacy_browser': 'From a legacy browser: dropped by an inbound filter.',
  'filtered/localhost': 'From localhost: dropped by an inbound filter.',
  'filtered/web_crawler': 'From a web crawler: dropped by an inbound filter.',
  'filtered/error_message': 'Its message is on the list of an inbound filter.',
  'filtered/release': 'Its release is on the list of an inbound filter.',
  'filtered/scrub_at_door': 'It cannot be scrubbed, and this project stores nothing unscrubbed.',
  'rate_limited/key_quota': 'The quota of the key is used up.',
  'rate_limited/project_quota': 'The quota of the project is used up.',
  'rate_limited/organization_quota': 'The quota of the installation is used up.',
  'too_large/attachment': 'Attachments are larger than allowed.',
  'client_discard/ratelimit_backoff': 'The SDK held it back because it was told to slow down.',
  'client_discard/before_send': 'The application dropped it in beforeSend.',
  'client_discard/sample_rate': 'The SDK left it out by its sample rate.',
  'client_discard/network_error': 'The SDK could not reach the server.',
  'client_discard/send_error': 'The server refused what the SDK sent.',
  'client_discard/queue_overflow': "The SDK's own queue was full.",
  'client_discard/event_processor': 'An event processor dropped it: the application’s own, or the SDK’s that leaves out repeated errors.',
}

const words: Record<Outcome, string> = {
  accepted: 'Stored.',
  unsupported: 'Kept in the log, but not read by this version.',
  invalid: 'It could not be read.',
  filtered: 'Dropped by an inbound filter.',
  duplicate: 'It was stored before.',
  rate_limited: 'Over the limit that is set for this project or key.',
  too_large: 'Larger than the limit.',
  rejected: 'Refused.',
  client_discard: 'The SDK dropped it before sending.',
}

/** One sentence. */
export function explainOutcome(outcome: Outcome, reason: string): string {
  const known = sentences[`${outcome}/${reason}`]
  if (known !== undefined) return known
  if (outcome !== 'client_discard' && Object.hasOwn(reasons, reason)) return reasons[reason as keyof typeof reasons]
  // What is kept unread needs no reason.
  return reason === '' || outcome === 'unsupported' ? words[outcome] : `${words[outcome].replace(/\.$/, '')}: ${reason.replaceAll('_', ' ')}.`
}
