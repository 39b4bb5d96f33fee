// Text that may be long: its beginning, and the rest when asked for.

import { Show, createSignal } from 'solid-js'
import { Plain } from './Plain.tsx'

/** `longest` characters, or `lines` lines, are shown at first. */
export function LongText(props: { text: string; longest: number; lines?: number }) {
  const [whole, setWhole] = createSignal(false)
  const start = () => props.text.split('\n', props.lines ?? 20).join('\n').slice(0, props.longest)
  const isCut = () => !whole() && start().length < props.text.length
  return (
    <>
      <Plain text={isCut() ? `${start()}…` : props.text} limit={100_000} />
      <Show when={isCut()}> <button type="button" class="more-text" onClick={() => setWhole(true)}>show all {props.text.length.toLocaleString('en')} characters</button></Show>
    </>
  )
}
