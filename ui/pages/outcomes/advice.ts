// What somebody can do about items that were not stored, and where. Pure.

import type { Outcome } from '../../../core/outcome.ts'

/** `href` null: nothing here can be set. */
export type Advice = { text: string; href: string | null; link: string }

const byReason: Record<string, [text: string, place: string | null, link: string]> = {
  'filtered/scrub_at_door': ['Attachments and replays cannot be scrubbed, so they are not stored while "Scrub before storing" is on.', 'privacy', 'Privacy'],
  'rate_limited/key_quota': ['Find what sends so much, or raise the limit of the key.', 'keys', 'Keys'],
  'rate_limited/project_quota': ['Find what sends so much, or raise the limits of the project.', 'limits', 'Limits'],
  'rate_limited/organization_quota': ['All projects together send too much.', '/settings/limits', 'Limits of all'],
  'rejected/unknown_key': ['Put the current DSN into the application.', 'keys', 'Keys'],
  'rejected/wrong_project': ['Put the current DSN into the application.', 'keys', 'Keys'],
  'rejected/bad_key': ['Put the current DSN into the application.', 'keys', 'Keys'],
  'rejected/disabled_key': ['Enable the key, or put another DSN into the application.', 'keys', 'Keys'],
  'rejected/origin': ['If the page is yours, add its domain.', 'filters', 'Allowed origins'],
  'rejected/backpressure': ['The server could not keep up. SDKs try again.', null, ''],
  'too_large/attachment': ['Send smaller files: at most 20 MiB each, 50 MiB together.', null, ''],
  'too_large/too_large': ['Send less with an event: at most 1 MiB, a request at most 20 MiB.', null, ''],
  'too_large/too_many_items': ['Send smaller batches: at most 1,000 items.', null, ''],
  'client_discard/ratelimit_backoff': ['It was told to slow down: see what is over a limit.', 'limits', 'Limits'],
  'client_discard/before_send': ['Your own code decided so.', null, ''],
  'client_discard/event_processor': ['Nothing, if the same error came just before; else your own code decided so.', null, ''],
  'client_discard/sample_rate': ['Raise sampleRate in the SDK to see more.', null, ''],
  'client_discard/network_error': ['Look at the network between the application and this server.', null, ''],
  'client_discard/queue_overflow': ['A loop, or a program that ends too fast.', null, ''],
}

const byOutcome: Record<Outcome, [text: string, place: string | null, link: string]> = {
  accepted: ['', null, ''],
  filtered: ['As you asked. Turn the filter off to see them.', 'filters', 'Filters'],
  rate_limited: ['Find what sends so much, or raise the limit.', 'limits', 'Limits'],
  too_large: ['Send less at once.', null, ''],
  rejected: ['Look at what sends: the newest ones are listed below with their SDK.', null, ''],
  invalid: ['A broken or very old SDK, or a proxy that changes bodies. Update it.', null, ''],
  unsupported: ['Turn it off in the SDK to save traffic: Refold shows errors.', 'setup', 'Setup'],
  duplicate: ['Nothing to do: it was sent twice and counts once.', null, ''],
  client_discard: ['The SDK said so itself.', null, ''],
}

export function adviseOn(project: string, outcome: Outcome, reason: string): Advice {
  const [text, place, link] = byReason[`${outcome}/${reason}`] ?? byOutcome[outcome]
  const href = place === null ? null : place.startsWith('/') ? place : place === 'setup' ? `/p/${project}/setup` : `/settings/projects/${project}/${place}`
  return { text, href, link }
}
