// The list under a search field. By hand: Kobalte's Combobox and Search own the text of their field and replace all of it by what is
// chosen; here a choice replaces one token of it. The focus stays in the field, which names the option (aria-activedescendant).

import { For, Show, createEffect, createMemo } from 'solid-js'
import { formatCount, formatExact } from '../basic/format.ts'
import { Plain } from '../event/Plain.tsx'
import { toVisible } from '../event/visible.ts'
import type { Suggestion } from './suggest.ts'

export type SuggestionListProps = {
  id: string
  label: string
  suggestions: readonly Suggestion[]
  active: number
  onChoose: (one: Suggestion) => void
  /** Null while no search is remembered among them. */
  onForget: (() => void) | null
}

/** What an event says may be long; the list says enough of it. */
const mostShown = 200

export const optionId = (list: string, index: number): string => `${list}-${index}`

export function SuggestionList(props: SuggestionListProps) {
  const groups = createMemo(() => {
    const all: { name: string; first: number; options: Suggestion[] }[] = []
    for (const [index, one] of props.suggestions.entries()) {
      if (all.at(-1)?.name === one.group) all.at(-1)!.options.push(one)
      else all.push({ name: one.group, first: index, options: [one] })
    }
    return all
  })
  createEffect(() => props.active >= 0 && document.getElementById(optionId(props.id, props.active))?.scrollIntoView({ block: 'nearest' }))
  return (
    // A press must not take the focus from the field.
    <div role="presentation" class="search-popup" onMouseDown={(event) => event.preventDefault()}>
      <div role="listbox" id={props.id} aria-label={props.label} class="search-list">
        <For each={groups()}>
          {(group) => (
            <div role="group" aria-labelledby={`${props.id}-group-${group.first}`}>
              <div id={`${props.id}-group-${group.first}`} class="search-group">{group.name}</div>
              <For each={group.options}>
                {(one, index) => <Option one={one} id={optionId(props.id, group.first + index())} isActive={props.active === group.first + index()} onChoose={() => props.onChoose(one)} />}
              </For>
            </div>
          )}
        </For>
      </div>
      <div class="search-popup-foot">
        <span class="search-keys"><kbd class="kbd">↓</kbd> choose <kbd class="kbd">Enter</kbd> search <kbd class="kbd">Esc</kbd> close</span>
        <Show when={props.onForget}>{(forget) => <button type="button" class="link" onClick={() => forget()()}>Clear recent searches</button>}</Show>
      </div>
    </div>
  )
}

function Option(props: { one: Suggestion; id: string; isActive: boolean; onChoose: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and the keys
    <div role="option" id={props.id} tabindex="-1" aria-selected={props.isActive} class="search-option" title={toVisible(props.one.label, mostShown)} onClick={() => props.onChoose()}>
      <span class="search-label mono"><Plain text={props.one.label} limit={mostShown} /></span>
      <Show when={props.one.hint}>{(hint) => <span class="search-hint"><Plain text={hint()} limit={mostShown} /></span>}</Show>
      <Show when={props.one.count !== null}><span class="search-count" title={`${formatExact(props.one.count!)} events`}>{formatCount(props.one.count!)}</span></Show>
    </div>
  )
}
