// Over how long a limit counts.

import { For, type JSX, Show } from 'solid-js'
import { windowLabel, windows } from './quotaWords.ts'

/** `value` in seconds; one that is not among the usual ones stays in the list. */
export function WindowSelect(props: { value: number; label: string; disabled?: boolean; onPick: (seconds: number) => void }): JSX.Element {
  const isUsual = (): boolean => windows.some(([, seconds]) => seconds === props.value)
  return (
    <select class="input" aria-label={props.label} disabled={props.disabled} onChange={(event) => props.onPick(Number(event.currentTarget.value))}>
      <Show when={!isUsual()}>
        <option value={props.value} selected>{windowLabel(props.value)}</option>
      </Show>
      <For each={windows}>{([label, seconds]) => <option value={seconds} selected={seconds === props.value}>{label}</option>}</For>
    </select>
  )
}
