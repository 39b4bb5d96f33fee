// A short bordered word without colour: `unhandled`, `in app`.

import type { JSX } from 'solid-js'

export function Tag(props: { children: JSX.Element; title?: string }): JSX.Element {
  return (
    <span class="tag" title={props.title}>
      {props.children}
    </span>
  )
}
