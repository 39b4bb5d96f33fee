// One section of the event: a heading, what can be switched beside it, and the content under a hairline. Its `id` is an
// address inside the page and stays as it is: the strip of sections and links of people lead to it.

import { type JSX, Show, createSignal } from 'solid-js'

type SectionProps = { id: string; title: string; note?: string; actions?: JSX.Element; children: JSX.Element }

export function Section(props: SectionProps) {
  return (
    <section class="part" id={props.id} data-section aria-labelledby={`${props.id}-title`}>
      <div class="part-head">
        <h2 id={`${props.id}-title`}>{props.title}</h2>
        <Show when={props.note}><span class="part-note">{props.note}</span></Show>
        <Show when={props.actions}><div class="part-actions">{props.actions}</div></Show>
      </div>
      {props.children}
    </section>
  )
}

/** A section that few read: closed, its content built only once it is opened. */
export function ClosedSection(props: Omit<SectionProps, 'actions'>) {
  const [open, setOpen] = createSignal(false)
  return (
    <details class="part part-closed" id={props.id} data-section onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="part-head"><h2 id={`${props.id}-title`}>{props.title}</h2><Show when={props.note}><span class="part-note">{props.note}</span></Show></summary>
      <Show when={open()}>{props.children}</Show>
    </details>
  )
}
