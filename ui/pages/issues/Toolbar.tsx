// What is listed, and in which order.

import { For } from 'solid-js'
import type { IssueSort } from '../../data/queries.ts'
import { SearchField } from './SearchField.tsx'
import { type ListState, sorts } from './views.ts'

export function Toolbar(props: { state: ListState; error: string | null; onChange: (state: ListState) => void }) {
  return (
    <div class="search-bar">
      <SearchField query={props.state.query} error={props.error} onSearch={(query) => props.onChange({ ...props.state, query })} />
      <select class="btn" aria-label="Sort" onChange={(event) => props.onChange({ ...props.state, sort: event.currentTarget.value as IssueSort })}>
        <For each={sorts}>{(one) => <option value={one.sort} selected={one.sort === props.state.sort}>Sort: {one.label}</option>}</For>
      </select>
    </div>
  )
}
