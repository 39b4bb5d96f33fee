// A labelled control with its hint and its error, tied together for screen readers.

import { createUniqueId, type JSX, Show } from 'solid-js'

export type FieldIds = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': 'true' | undefined }

/** `children` gets the attributes that the control must carry. `error`: the first text of an ApiFailure's field. */
export function Field(props: { label: string; hint?: string | undefined; error?: string | undefined; children: (ids: FieldIds) => JSX.Element }): JSX.Element {
  const id = createUniqueId()
  const ids: FieldIds = {
    id,
    get 'aria-describedby'() {
      return props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined
    },
    get 'aria-invalid'() {
      return props.error ? ('true' as const) : undefined
    },
  }
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children(ids)}
      <Show when={props.error} fallback={<Show when={props.hint}>{(hint) => <p id={`${id}-hint`} class="hint">{hint()}</p>}</Show>}>
        {(error) => <p id={`${id}-error`} class="field-error">{error()}</p>}
      </Show>
    </div>
  )
}
