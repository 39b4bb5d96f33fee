// A field for a search that needs no completion. Typing waits a moment before it asks; `/` leads to it.

import { Show, createEffect, createSignal, createUniqueId, on, onCleanup } from 'solid-js'
import { useShortcuts } from '../../data/keys.ts'

const waitMs = 400

/** `error`: what the server cannot read. */
export function SearchText(props: { label: string; placeholder: string; query: string; error: string | null; onSearch: (query: string) => void }) {
  const id = createUniqueId()
  let field: HTMLInputElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const [draft, setDraft] = createSignal('')
  createEffect(on(() => props.query, (query) => {
    if (draft().trim() !== query) setDraft(query)
  }))
  onCleanup(() => clearTimeout(timer))
  useShortcuts([{ keys: ['/'], label: 'search', run: () => field?.select() }])
  const search = () => {
    clearTimeout(timer)
    if (draft().trim() !== props.query) props.onSearch(draft().trim())
  }
  const type = (text: string) => {
    setDraft(text)
    clearTimeout(timer)
    timer = setTimeout(search, waitMs)
  }
  return (
    <form role="search" class="search-text" onSubmit={(event) => { event.preventDefault(); search() }}>
      <input
        ref={(element) => (field = element)} class="input mono" type="search" aria-label={props.label} placeholder={props.placeholder} autocomplete="off" spellcheck={false}
        value={draft()} onInput={(event) => type(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        aria-invalid={props.error === null ? undefined : 'true'} aria-describedby={props.error === null ? undefined : id}
      />
      <Show when={props.error}>{(error) => <p id={id} class="field-error" role="status">{error()}</p>}</Show>
    </form>
  )
}
