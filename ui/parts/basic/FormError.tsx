// What the server said about a form as a whole. What it said about one field stands at that field.

import { type JSX, Show } from 'solid-js'
import type { ApiFailure } from '../../data/api.ts'

export function FormError(props: { failure: ApiFailure | undefined }): JSX.Element {
  const message = (): string | undefined => (Object.keys(props.failure?.fields ?? {}).length > 0 ? undefined : props.failure?.message)
  return (
    <Show when={message()}>
      {(text) => (
        <p class="field-error" role="alert">
          {text()}
        </p>
      )}
    </Show>
  )
}
