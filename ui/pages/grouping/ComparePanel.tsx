// The newest events of two issues side by side: now, and then. What counts of each, and the first thing in which they
// differ.

import { useQuery } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import { compareQuery } from '../../data/compare.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { Comparison } from '../../parts/event/Comparison.tsx'

type Named = { id: string; shortId: string }

/** `generation`: in which these are issues; null = the live one. `then`: the candidate. */
export function ComparePanel(props: { issues: Named[]; generation: string | null; then: string }) {
  // oxlint-disable-next-line solid/reactivity -- where it begins; a person picks others
  const [left, setLeft] = createSignal(props.issues[0]!.id)
  // oxlint-disable-next-line solid/reactivity -- as above
  const [right, setRight] = createSignal(props.issues[1]!.id)
  // oxlint-disable-next-line solid/reactivity -- as above
  const [under, setUnder] = createSignal<string | null>(props.generation)
  const compared = useQuery(() => compareQuery(left(), right(), under()))
  return (
    <div class="compare-panel">
      <div class="compare-pick">
        <Pick label="First issue" issues={props.issues} value={left()} onPick={setLeft} />
        <Pick label="Second issue" issues={props.issues} value={right()} onPick={setRight} />
        <div class="btn-group" role="group" aria-label="Grouped by">
          <Button pressed={under() === null} onClick={() => setUnder(null)}>Now</Button>
          <Button pressed={under() !== null} onClick={() => setUnder(props.then)}>Then</Button>
        </div>
      </div>
      <Region query={compared} skeleton={<div class="h-40" />}>
        <Show when={compared.data}>{(two) => <Comparison compared={two()} names={[nameOf(props.issues, left()), nameOf(props.issues, right())]} />}</Show>
      </Region>
    </div>
  )
}

function Pick(props: { label: string; issues: Named[]; value: string; onPick: (id: string) => void }) {
  return (
    <select class="input" aria-label={props.label} onChange={(event) => props.onPick(event.currentTarget.value)}>
      <For each={props.issues}>{(issue) => <option value={issue.id} selected={issue.id === props.value}>{issue.shortId}</option>}</For>
    </select>
  )
}

const nameOf = (issues: Named[], id: string): string => issues.find((issue) => issue.id === id)?.shortId ?? id
