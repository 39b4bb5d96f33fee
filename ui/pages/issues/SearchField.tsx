// The search text. Typing waits a moment before it asks; what the server cannot read is said at the field.

import { Show, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { useShortcuts } from '../../data/keys.ts'

const waitMs = 300

export function SearchField(props: { query: string; error: string | null; onSearch: (query: string) => void }) {
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
    <form role="search" class="search-field" onSubmit={(event) => { event.preventDefault(); search() }}>
      <input
        ref={(element) => (field = element)} class="input mono" type="search" aria-label="Search issues" placeholder="is:unresolved, or words of the title" autocomplete="off" spellcheck={false}
        value={draft()} onInput={(event) => type(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        aria-invalid={props.error === null ? undefined : 'true'} aria-describedby={props.error === null ? undefined : 'search-error'}
      />
      <Show when={props.error}>{(error) => <p id="search-error" class="field-error" role="status">{error()}</p>}</Show>
    </form>
  )
}
