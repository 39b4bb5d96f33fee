// The filter of the events as it stands in a sentence.

import { For, Show } from 'solid-js'
import type { EventFilter } from '../../data/eventFilter.ts'
import { wordFilter } from './filterWords.ts'

export function FilterWords(props: { filter: EventFilter }) {
  return <For each={wordFilter(props.filter)}>{(word, index) => <>{index() > 0 ? ', ' : ''}<Show when={word.isQuery} fallback={<b>{word.text}</b>}><code>{word.text}</code></Show></>}</For>
}
