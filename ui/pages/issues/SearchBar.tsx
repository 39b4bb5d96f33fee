// Search and order of the stream. Typing waits a moment before it asks; what the server cannot read is said at the field.

import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { IssueSort } from '../../data/queries.ts'
import { useShortcuts } from '../../data/keys.ts'
import { type ListState, sorts } from './views.ts'

const waitMs = 300

export function SearchBar(props: { state: ListState; error: string | null; onChange: (state: ListState) => void }) {
  let field: HTMLInputElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const [draft, setDraft] = createSignal('')
  createEffect(on(() => props.state.query, (query) => {
    if (draft().trim() !== query) setDraft(query)
  }))
  onCleanup(() => clearTimeout(timer))
  useShortcuts([{ keys: ['/'], label: 'search', run: () => field?.select() }])
  const search = () => {
    clearTimeout(timer)
    if (draft().trim() !== props.state.query) props.onChange({ ...props.state, query: draft().trim() })
  }
  const type = (text: string) => {
    setDraft(text)
    clearTimeout(timer)
    timer = setTimeout(search, waitMs)
  }
  return (
    <form role="search" class="search-bar" onSubmit={(event) => { event.preventDefault(); search() }}>
      <div class="search-field">
        <input
          ref={(element) => (field = element)} class="input mono" type="search" aria-label="Search issues" placeholder="is:unresolved, or words of the title" autocomplete="off" spellcheck={false}
          value={draft()} onInput={(event) => type(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          aria-invalid={props.error === null ? undefined : 'true'} aria-describedby={props.error === null ? undefined : 'search-error'}
        />
        <Show when={props.error}>{(error) => <p id="search-error" class="field-error" role="status">{error()}</p>}</Show>
      </div>
      <select class="btn" aria-label="Sort" onChange={(event) => props.onChange({ ...props.state, sort: event.currentTarget.value as IssueSort })}>
        <For each={sorts}>{(one) => <option value={one.sort} selected={one.sort === props.state.sort}>Sort: {one.label}</option>}</For>
      </select>
    </form>
  )
}
