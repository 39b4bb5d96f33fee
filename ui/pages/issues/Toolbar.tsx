// What is listed, of when and where, in which order, and which columns.

import type { IssueSort } from '../../data/issuePages.ts'
import { Menu, MenuChoice } from '../../parts/basic/Menu.tsx'
import { EnvironmentPicker } from '../../parts/filter/EnvironmentPicker.tsx'
import { PeriodPicker } from '../../parts/filter/PeriodPicker.tsx'
import { SearchField } from '../../parts/search/SearchField.tsx'
import { LookMenu } from './LookMenu.tsx'
import type { ShownView } from './shownView.ts'
import { type ListState, sorts } from '../../data/views.ts'

export function Toolbar(props: { view: ShownView; error: string | null }) {
  const state = () => props.view.state()
  const change = (part: Partial<ListState>) => props.view.change({ ...state(), ...part })
  const sortLabel = () => sorts.find(({ sort }) => sort === state().sort)?.label ?? ''
  return (
    <div class="search-bar">
      <SearchField subject="issue" label="Search issues" project={props.view.project()} generation={props.view.generation()} query={state().query} error={props.error} onSearch={(query) => change({ query })} />
      <div class="filters">
        <PeriodPicker narrow={state()} onPick={change} />
        <EnvironmentPicker project={props.view.project()} chosen={state().environment} onPick={(environment) => change({ environment })} />
        <Menu label={`Sort: ${sortLabel()}`}>
          <MenuChoice label="Sort by" closes value={state().sort} options={sorts.map(({ sort, label }) => ({ value: sort, label }))} onPick={(sort) => change({ sort: sort as IssueSort })} />
        </Menu>
        <LookMenu look={props.view.look()} onPick={(look) => props.view.setLook(look)} />
      </div>
    </div>
  )
}
