// Picks a platform. A native select: it types ahead, and a phone shows its own wheel.

import { For, type JSX, Show } from 'solid-js'
import type { FieldIds } from '../../parts/basic/Field.tsx'
import { platforms } from './platforms.ts'

/** `value` may be a platform that has no snippet: it stays in the list. */
export function PlatformSelect(props: { ids: FieldIds; value: string; onPick: (id: string) => void }): JSX.Element {
  const isKnown = (): boolean => platforms.some((one) => one.id === props.value)
  return (
    <select {...props.ids} class="input" name="platform" value={props.value} onChange={(event) => props.onPick(event.currentTarget.value)}>
      <Show when={!isKnown()}>
        <option value={props.value} selected>
          {props.value}
        </option>
      </Show>
      <For each={platforms}>
        {(one) => (
          <option value={one.id} selected={one.id === props.value}>
            {one.name}
          </option>
        )}
      </For>
    </select>
  )
}
