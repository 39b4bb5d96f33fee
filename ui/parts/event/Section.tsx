// One section of the event: a heading, what can be switched beside it, and the content under a hairline.

import { type JSX, Show, createSignal, createUniqueId } from 'solid-js'

export function Section(props: { title: string; note?: string; actions?: JSX.Element; children: JSX.Element }) {
  const id = createUniqueId()
  return (
    <section class="part" aria-labelledby={id}>
      <div class="part-head">
        <h2 id={id}>{props.title}</h2>
        <Show when={props.note}><span class="part-note">{props.note}</span></Show>
        <Show when={props.actions}><div class="part-actions">{props.actions}</div></Show>
      </div>
      {props.children}
    </section>
  )
}

/** A section that few read: closed, its content built only once it is opened. */
export function ClosedSection(props: { title: string; note?: string; children: JSX.Element }) {
  const [open, setOpen] = createSignal(false)
  return (
    <details class="part part-closed" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="part-head"><h2>{props.title}</h2><Show when={props.note}><span class="part-note">{props.note}</span></Show></summary>
      <Show when={open()}>{props.children}</Show>
    </details>
  )
}
