// Why nothing arrives, in the order in which it is usually found.

import { For, type JSX } from 'solid-js'

const causes = [
  ['Does the program reach this host?', 'From a container, localhost is the container itself. Try the curl snippet (platform "Other") from the same place.'],
  ['http or https?', 'A page served over https may not send to http.'],
  ['Is a blocker in the way?', 'Ad blockers stop requests of browser SDKs. Look at the network tab for a blocked request to /envelope/.'],
  ['Does the program live long enough?', 'A short script must wait for the SDK: flush or close it before the end.'],
  ['What does the SDK say?', 'Set debug: true in its options; it prints what it sends and what was answered.'],
] as const

export function Checklist(): JSX.Element {
  return (
    <div class="mt-3 max-w-[72ch]">
      <p>
        <strong>Nothing for a minute.</strong> The usual causes:
      </p>
      <dl class="mt-2 grid gap-2">
        <For each={causes}>
          {([question, answer]) => (
            <div>
              <dt>{question}</dt>
              <dd class="text-ink-2">{answer}</dd>
            </div>
          )}
        </For>
      </dl>
    </div>
  )
}
