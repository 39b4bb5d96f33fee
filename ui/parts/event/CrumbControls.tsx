// Narrows the breadcrumbs to a level, a category or a text; says how many are left.

import { For, Show, createMemo } from 'solid-js'
import type { Breadcrumb } from '../../../core/contract/event.ts'
import type { Level } from '../../../core/contract/issue.ts'
import { type CrumbFilter, anyCrumb, nameCategory } from './crumbFilter.ts'
import { levelOf } from './levels.ts'
import { toVisible } from './visible.ts'

type ControlProps = { crumbs: readonly Breadcrumb[]; filter: CrumbFilter; matching: number; onFilter: (filter: CrumbFilter) => void }

const levels: readonly Level[] = ['fatal', 'error', 'warning', 'info', 'debug']

export function CrumbControls(props: ControlProps) {
  const present = createMemo(() => {
    const found = new Set(props.crumbs.map((crumb) => levelOf(crumb.level)))
    return levels.filter((level) => found.has(level))
  })
  const categories = createMemo(() => [...new Set(props.crumbs.map(nameCategory))].toSorted())
  const change = (part: Partial<CrumbFilter>) => props.onFilter({ ...props.filter, ...part })
  const isAny = () => props.filter.level === '' && props.filter.category === '' && props.filter.text.trim() === ''
  return (
    <>
      <span class="part-note" role="status">{isAny() ? '' : `${props.matching} of ${props.crumbs.length} match`}</span>
      <Show when={!isAny()}><button type="button" class="btn" data-kind="quiet" onClick={() => props.onFilter(anyCrumb)}>Clear</button></Show>
      <select class="btn crumb-choice" aria-label="Level of breadcrumbs" onChange={(event) => change({ level: event.currentTarget.value as Level | '' })}>
        <option value="" selected={props.filter.level === ''}>All levels</option>
        <For each={present()}>{(level) => <option value={level} selected={props.filter.level === level}>{level}</option>}</For>
      </select>
      <select class="btn crumb-choice" aria-label="Category of breadcrumbs" onChange={(event) => change({ category: event.currentTarget.value })}>
        <option value="" selected={props.filter.category === ''}>All categories</option>
        <For each={categories()}>{(name) => <option value={name} selected={props.filter.category === name}>{toVisible(name, 60)}</option>}</For>
      </select>
      <input
        type="search" class="input crumb-search" aria-label="Find in breadcrumbs" placeholder="Find" value={props.filter.text}
        onInput={(event) => change({ text: event.currentTarget.value })} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
    </>
  )
}
