// One section of the event: a heading, what can be switched beside it, and the content under a hairline.

import { type JSX, Show, createUniqueId } from 'solid-js'

export function Section(props: { title: string; note?: string; actions?: JSX.Element; children: JSX.Element }) {
  const id = createUniqueId()
  return (
    <section class="section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{props.title}</h2>
        <Show when={props.note}><span class="section-note">{props.note}</span></Show>
        <Show when={props.actions}><div class="section-actions">{props.actions}</div></Show>
      </div>
      {props.children}
    </section>
  )
}

/** A section that few read: closed, its content built only once it is opened. */
export function ClosedSection(props: { title: string; note?: string; children: JSX.Element }) {
  return (
    <details class="section section-closed">
      <summary class="section-head"><h2>{props.title}</h2><Show when={props.note}><span class="section-note">{props.note}</span></Show></summary>
      {props.children}
    </details>
  )
}
