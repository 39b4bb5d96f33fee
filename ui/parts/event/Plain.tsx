// Prints text of an event or of a person. Everything such text passes through here or through Linked: text nodes only,
// unseen characters named, long text cut (D-16).

import { For, Show } from 'solid-js'
import { splitLinks } from './links.ts'
import { splitVisible } from './visible.ts'

export function Plain(props: { text: string; limit?: number }) {
  return (
    <For each={splitVisible(props.text, props.limit)}>
      {(piece) => <Show when={piece.hidden} fallback={piece.text}><span class="unseen">{piece.text}</span></Show>}
    </For>
  )
}

/** As Plain, with http(s) addresses as links. */
export function Linked(props: { text: string }) {
  return (
    <For each={splitLinks(props.text.slice(0, 20_000))}>
      {(piece) => (
        <Show when={piece.href} fallback={<Plain text={piece.text} />}>
          {(href) => <a class="link" href={href()} rel="noreferrer noopener nofollow" target="_blank"><Plain text={piece.text} /></a>}
        </Show>
      )}
    </For>
  )
}
