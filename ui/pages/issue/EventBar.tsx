// Which event of the issue is shown, and the way to its neighbours. A button with nowhere to go stays focusable and
// says why (D-07).

import { For, Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatExact } from '../../parts/basic/format.ts'
import { Kbd } from '../../parts/basic/Kbd.tsx'
import { type Step, steps } from './steps.ts'

export function EventBar(props: { event: Event | null; onStep: (step: Step) => void; onPoint: (step: Step) => void }) {
  return (
    <div class="event-bar">
      <p>
        <Show when={props.event} fallback={<span class="meta">Event …</span>}>
          {(event) => <><b>Event {formatExact(event().refold.index)} of {formatExact(event().refold.of)}</b> <span class="meta">· <Ago time={event().dateReceived} words /></span> <code class="meta event-id">{event().eventID}</code></>}
        </Show>
      </p>
      <nav class="joined" aria-label="Events of this issue">
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
      </nav>
    </div>
  )
}
