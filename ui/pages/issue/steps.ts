// The four ways between the events of an issue, inside what they are filtered by. Pure.

import type { Event } from '../../../core/contract/event.ts'

export type Step = { label: string; kbd: string; keys: string[]; title: string; target: (event: Event) => string | null; blocked: (event: Event) => string | null }

const atOldest = (event: Event): string | null => (event.previousEventID === null ? 'This is the oldest event' : null)
const atNewest = (event: Event): string | null => (event.nextEventID === null ? 'This is the newest event' : null)

/** `target` names the event to show: an id, `oldest` or `latest`. `blocked` says why there is none. */
export const steps: Step[] = [
  { label: 'Oldest', kbd: 'H', keys: ['Shift+H'], title: 'Oldest event', target: () => 'oldest', blocked: atOldest },
  { label: 'Previous', kbd: 'h', keys: ['h'], title: 'Older event', target: (event) => event.previousEventID, blocked: atOldest },
  { label: 'Next', kbd: 'l', keys: ['l'], title: 'Newer event', target: (event) => event.nextEventID, blocked: atNewest },
  { label: 'Newest', kbd: 'L', keys: ['Shift+L'], title: 'Newest event', target: () => 'latest', blocked: atNewest },
]
