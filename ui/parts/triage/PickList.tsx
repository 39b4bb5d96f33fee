// A list to pick one from, with a field that narrows it: the field has the focus, Enter picks the first, arrows lead into
// the list (Kobalte).

import { Listbox } from '@kobalte/core/listbox'
import { createSignal, type JSX, Show } from 'solid-js'
import { formatNumber } from '../basic/format.ts'

/** `mark`: said beside the text. The filter looks in both. */
export type Pick = { value: string; text: string; mark?: string | undefined }

export function PickList(props: { label: string; placeholder: string; options: readonly Pick[]; chosen?: string | undefined; onPick: (option: Pick) => void; empty: string }): JSX.Element {
  const [filter, setFilter] = createSignal('')
  let list: HTMLElement | undefined
  const found = (): Pick[] => {
    const words = filter().toLowerCase().split(/\s+/)
    return props.options.filter(({ text, mark = '' }) => words.every((word) => `${text} ${mark}`.toLowerCase().includes(word)))
  }
  const pick = (option: Pick | undefined): void => void (option && props.onPick(option))
  return (
    <div class="pick">
      <input
        class="input" type="search" aria-label={props.label} placeholder={props.placeholder} autocomplete="off" autofocus value={filter()} onInput={(event) => setFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return
          if (event.key === 'Enter') pick(found()[0])
          else if (event.key === 'ArrowDown') list?.querySelector<HTMLElement>('[role=option]')?.focus()
          else return
          event.preventDefault()
        }}
      />
      <Listbox<Pick>
        ref={(element: HTMLElement) => (list = element)} class="pick-list" aria-label={props.label} options={found()} optionValue="value" optionTextValue="text" value={props.chosen === undefined ? [] : [props.chosen]} selectionMode="single"
        allowDuplicateSelectionEvents shouldFocusOnHover onChange={(values) => pick(props.options.find(({ value }) => values.has(value)))}
        renderItem={(item) => (
          <Listbox.Item item={item} class="menu-item">
            <Listbox.ItemLabel as="span">{item.rawValue.text}</Listbox.ItemLabel>
            <Show when={item.rawValue.mark}>{(mark) => <span class="meta">{mark()}</span>}</Show>
          </Listbox.Item>
        )}
      />
      <p class="hint" role="status">{found().length === 0 ? props.empty : filter() === '' ? '' : formatNumber(found().length, 'match', 'matches')}</p>
    </div>
  )
}
