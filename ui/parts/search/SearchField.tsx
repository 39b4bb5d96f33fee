// A search text with the grammar's colours and completion (ui.md 2.5): of the stream, and of the events of an issue.

import './search.css'
import { Show, createUniqueId } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Subject } from '../../../core/search/words.ts'
import { createField } from './field.ts'

export type SearchFieldProps = {
  subject: Subject
  /** Slug. */
  project: string
  /** The one that is browsed, null the live one. */
  generation?: string | null
  query: string
  /** What the server says of the query. */
  error: string | null
  label: string
  placeholder?: string
  onSearch: (query: string) => void
}

export function SearchField(props: SearchFieldProps) {
  const id = createUniqueId()
  // oxlint-disable-next-line solid/reactivity -- it tracks what it reads; subject and label stay
  const field = createField(props)
  let input!: HTMLInputElement
  return (
    <form
      role="search" class="search-field" onSubmit={(event) => { event.preventDefault(); field.askNow() }}
      onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && field.close()}
    >
      <div class="search-row">
        <button type="button" class="btn" aria-haspopup="listbox" aria-expanded={field.isShown()} onMouseDown={(event) => event.preventDefault()} onClick={() => field.openFilters()}>Filter</button>
        <div class="search-input" data-marked={field.half() !== undefined}>
          <input
            ref={(element) => field.attach((input = element))} class="input mono" type="text" enterkeyhint="search" autocomplete="off" autocapitalize="off" spellcheck={false}
            role="combobox" aria-label={props.label} aria-autocomplete="list" aria-expanded={field.isShown()} aria-controls={field.isShown() ? `${id}-list` : undefined}
            aria-activedescendant={field.isShown() && field.active() >= 0 ? `${id}-list-${field.active()}` : undefined}
            aria-invalid={field.error() === null ? undefined : 'true'} aria-describedby={field.error() === null ? undefined : `${id}-error`}
            placeholder={props.placeholder ?? 'is:unresolved, or words of the title'} value={field.text()}
            onInput={() => field.type()} onKeyDown={(event) => field.press(event)} onClick={() => field.open()} onFocus={() => field.focus()} onBlur={() => field.blur()}
          />
          <Show when={field.half()}>{(half) => <Dynamic component={half().MarkedText} text={field.text()} marks={half().assist.marks()} isUnfinished={field.error() === null} field={input} />}</Show>
          <Show when={field.text() !== ''}>
            <button type="button" class="search-clear" aria-label="Clear the search" onMouseDown={(event) => event.preventDefault()} onClick={() => field.clear()}>
              <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" stroke-width="1.6" /></svg>
            </button>
          </Show>
        </div>
      </div>
      <Show when={field.error()}>{(message) => <p id={`${id}-error`} class="field-error" role="status">{message()}</p>}</Show>
      <Show when={field.isShown() && field.half()}>
        {(half) => <Dynamic component={half().SuggestionList} id={`${id}-list`} label={props.label} suggestions={field.suggestions()} active={field.active()} onChoose={field.choose} onForget={field.forget()} />}
      </Show>
    </form>
  )
}
