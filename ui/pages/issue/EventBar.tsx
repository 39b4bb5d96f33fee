// Which event of the issue is shown, inside which filter, and the way to its neighbours. A button with nowhere to go stays
// focusable and says why (D-07).

import { For, Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { type EventFilter, isFiltered } from '../../data/eventFilter.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatExact } from '../../parts/basic/format.ts'
import { Kbd } from '../../parts/basic/Kbd.tsx'
import { FilterWords } from './FilterWords.tsx'
import { type Step, steps } from './steps.ts'

export type EventBarProps = {
  event: Event | null
  filter: EventFilter
  /** Nothing matches the filter. */
  isEmpty: boolean
  /** Events that are still stored, where that is fewer than were counted. */
  kept: number | null
  listHref: string
  onStep: (step: Step) => void
  onPoint: (step: Step) => void
}

export function EventBar(props: EventBarProps) {
  return (
    <div class="event-bar">
      <p>
        <Show when={props.event} fallback={<span class="meta">{props.isEmpty ? 'No event' : 'Event …'}</span>}>
          {(event) => <><b>Event {formatExact(event().refold.index)} of {formatExact(event().refold.of)}</b> <span class="meta">· <Ago time={event().dateReceived} words /></span></>}
        </Show>
        <Show when={props.kept}>{(kept) => <span class="meta" title="The others were removed: events are kept for a limited time."> · {formatExact(kept())} kept</span>}</Show>
        <Show when={isFiltered(props.filter)}><span class="event-matches"> <span class="meta">· {props.isEmpty ? 'for' : 'matches'}</span> <FilterWords filter={props.filter} /></span></Show>
        <Show when={!isFiltered(props.filter) && props.event}>{(event) => <> <code class="meta event-id">{event().eventID}</code></>}</Show>
      </p>
      <nav class="btn-group" aria-label="Events of this issue">
        <For each={steps}>
          {(step) => {
            const reason = () => (props.event === null ? 'No event is shown' : step.blocked(props.event))
            return (
              <button
                type="button" class="btn" aria-disabled={reason() !== null} title={reason() ?? step.title}
                onClick={() => reason() === null && props.onStep(step)} onPointerEnter={() => reason() === null && props.onPoint(step)}
              >
                {step.label}<Show when={reason()}>{(why) => <span class="sr-only">, {why()}</span>}</Show><Kbd keys={step.kbd} hidden />
              </button>
            )
          }}
        </For>
        <a class="btn" href={props.listHref} title="All events of this issue">List</a>
      </nav>
    </div>
  )
}
