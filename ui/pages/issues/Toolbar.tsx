// What is listed, of when and where, in which order, and which columns.

import { For } from 'solid-js'
import type { IssueSort } from '../../data/issuePages.ts'
import { EnvironmentPicker } from '../../parts/filter/EnvironmentPicker.tsx'
import { PeriodPicker } from '../../parts/filter/PeriodPicker.tsx'
import { SearchField } from '../../parts/search/SearchField.tsx'
import { LookMenu } from './LookMenu.tsx'
import type { ShownView } from './shownView.ts'
import { type ListState, sorts } from './views.ts'

export function Toolbar(props: { view: ShownView; error: string | null }) {
  const state = () => props.view.state()
  const change = (part: Partial<ListState>) => props.view.change({ ...state(), ...part })
  return (
    <div class="search-bar">
      <SearchField subject="issue" label="Search issues" project={props.view.project()} query={state().query} error={props.error} onSearch={(query) => change({ query })} />
      <div class="filters">
        <PeriodPicker narrow={state()} onPick={change} />
        <EnvironmentPicker project={props.view.project()} chosen={state().environment} onPick={(environment) => change({ environment })} />
        <select class="btn" aria-label="Sort" onChange={(event) => change({ sort: event.currentTarget.value as IssueSort })}>
          <For each={sorts}>{(one) => <option value={one.sort} selected={one.sort === state().sort}>Sort: {one.label}</option>}</For>
        </select>
        <LookMenu look={props.view.look()} onPick={(look) => props.view.setLook(look)} />
      </div>
    </div>
  )
}
