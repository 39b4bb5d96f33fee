// Where a comment is written, or written anew. Mod+Enter sends it; Esc leaves the field.

import { Show, createSignal, onMount, untrack } from 'solid-js'
import { useShortcuts } from '../../data/keys.ts'
import { Button } from '../../parts/basic/Button.tsx'

/** `onCancel`: an edit of `text`, which can be given up. `onSend` rejects when nothing was stored. */
type FieldProps = { label: string; action: string; text?: string; error: string | null; onSend: (text: string) => Promise<unknown>; onCancel?: () => void }

export function CommentField(props: FieldProps) {
  let field: HTMLTextAreaElement | undefined
  const [text, setText] = createSignal(untrack(() => props.text ?? ''))
  if (untrack(() => props.onCancel) === undefined) useShortcuts([{ keys: ['c'], label: 'comment', run: () => field?.focus() }])
  else onMount(() => field?.focus())
  const send = async () => {
    const said = text().trim()
    if (said === '') return field?.focus()
    setText('')
    // The page's keys act again.
    field?.blur()
    // What was typed comes back when it could not be stored.
    await props.onSend(said).catch(() => setText((now) => (now === '' ? said : now)))
  }
  return (
    <form class="comment-form" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <textarea
        ref={(element) => (field = element)} class="input" aria-label={props.label} placeholder={props.label} rows="2" maxlength="20000" value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
          if (event.key === 'Escape') {
            event.currentTarget.blur()
            props.onCancel?.()
          }
        }}
      />
      <Show when={props.error}>{(error) => <p class="field-error" role="alert">{error()}</p>}</Show>
      <Show when={text().trim() !== '' || props.onCancel}>
        <div class="comment-actions">
          <Button type="submit" kbd="Mod+Enter">{props.action}</Button>
          <Show when={props.onCancel}><Button kind="quiet" onClick={() => props.onCancel?.()}>Cancel</Button></Show>
        </div>
      </Show>
    </form>
  )
}
