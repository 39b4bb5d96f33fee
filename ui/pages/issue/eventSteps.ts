// Moving between the events of an issue: the address names the event, neighbours are read ahead, and keys pressed
// faster than events arrive are not lost.

import { useNavigate } from '@solidjs/router'
import { type Accessor, createEffect, on, onCleanup } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { client } from '../../data/client.ts'
import { type EventFilter, issueAddress } from '../../data/eventFilter.ts'
import { eventQuery } from '../../data/queries.ts'
import { type Step, steps } from './steps.ts'

/** After this long without more events the number "N of M" is read anew. */
const renumberMs = 1000

type StepParts = {
  issue: Accessor<string>
  /** The one that is browsed, null = live. */
  generation: Accessor<string | null>
  /** Inside of which the steps stay. */
  filter: Accessor<EventFilter>
  /** What the address asks for: an event id, `latest` or `oldest`. */
  wanted: Accessor<string>
  event: Accessor<Event | null>
  /** True while another event than the wanted one is still shown. */
  isBetween: Accessor<boolean>
  /** Events of the issue, as the live patches count them. */
  count: Accessor<string | undefined>
}

export function useEventSteps(parts: StepParts) {
  const navigate = useNavigate()
  const queued: Step[] = []
  const targetOf = (step: Step): string | null => {
    const event = parts.event()
    return event === null || step.blocked(event) !== null ? null : step.target(event)
  }
  const go = (step: Step): void => {
    if (parts.isBetween()) return void queued.push(step)
    const target = targetOf(step)
    if (target !== null) navigate(issueAddress(parts.issue(), `events/${target}`, parts.filter(), parts.generation()), { scroll: false })
  }
  const readAhead = (step: Step): void => {
    const target = targetOf(step)
    if (target !== null) void client.prefetchQuery({ ...eventQuery(parts.issue(), target, parts.generation(), parts.filter()), staleTime: 30_000 })
  }
  createEffect(on(parts.event, (now, before) => {
    const next = parts.isBetween() ? undefined : queued.shift()
    if (next) queueMicrotask(() => go(next))
    // Whoever steps once steps again: the next one in the same direction is read ahead (D-08).
    if (!now || !before || now.groupID !== before.groupID || now.refold.index === before.refold.index) return
    readAhead(steps[now.refold.index > before.refold.index ? 2 : 1]!)
  }))

  // More events of this issue: the same event is asked for its number and its neighbours; it does not change itself.
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const renumber = async (issue: string, event: Event, key: readonly unknown[]): Promise<void> => {
    const fresh = await client.fetchQuery({ ...eventQuery(issue, event.eventID, parts.generation(), parts.filter()), staleTime: 0 }).catch(() => null)
    if (fresh) client.setQueryData(key, fresh)
  }
  createEffect(on(parts.count, (count, before) => {
    const event = parts.event()
    if (before === undefined || count === before || event === null) return
    const [issue, key] = [parts.issue(), eventQuery(parts.issue(), parts.wanted(), parts.generation(), parts.filter()).queryKey]
    clearTimeout(timer)
    timer = setTimeout(() => void renumber(issue, event, key), renumberMs)
  }))
  return { go, readAhead }
}
