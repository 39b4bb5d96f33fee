// All projects: how each is doing, and the way into it (J-01 to J-03).

import { useSearchParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { useShortcuts } from '../../data/keys.ts'
import { projectsQuery } from '../../data/queries.ts'
import { may } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { NewProject } from './NewProject.tsx'
import { readSort, sortProjects } from './order.ts'
import { ProjectsSkeleton, ProjectTable } from './ProjectTable.tsx'

/** From here on a filter helps more than it costs. */
const filterFrom = 10

export function ProjectsPage(): JSX.Element {
  usePageTitle(() => 'Projects')
  const projects = useQuery(() => projectsQuery())
  const [search, setSearch] = useSearchParams<{ sort?: string }>()
  const sort = createMemo(() => readSort(search.sort))
  const [creating, setCreating] = createSignal(false)
  const [filter, setFilter] = createSignal('')
  const all = createMemo(() => (projects.isPending ? [] : (projects.data ?? [])))
  const shown = createMemo(() => {
    const text = filter().trim().toLowerCase()
    return sortProjects(all().filter((project) => `${project.name} ${project.slug} ${project.platform}`.toLowerCase().includes(text)), sort())
  })

  let field: HTMLInputElement | undefined
  useShortcuts([{ keys: ['/'], label: 'filter', run: () => field?.focus() }])

  return (
    <>
      <div class="page-head">
        <h1>Projects</h1>
        <Show when={all().length > 0 && may('project:write')}>
          <Button onClick={() => setCreating(true)}>New project</Button>
        </Show>
      </div>
      <Show when={all().length >= filterFrom}>
        <div class="flex items-center gap-3 border-b border-rule px-4 py-2">
          <input ref={(element) => (field = element)} class="input max-w-80" type="search" placeholder="Filter" aria-label="Filter projects" value={filter()} onInput={(event) => setFilter(event.currentTarget.value)} />
          <span class="meta whitespace-nowrap" role="status">
            {formatNumber(shown().length, 'project')}
          </span>
        </div>
      </Show>
      <Region query={projects} isEmpty={all().length === 0} empty={<Empty onCreate={() => setCreating(true)} />} skeleton={<ProjectsSkeleton />}>
        <ProjectTable projects={shown()} sort={sort()} onSort={(next) => setSearch({ sort: next === 'name' ? null : next }, { replace: true })} />
      </Region>
      <NewProject open={creating()} onClose={() => setCreating(false)} />
    </>
  )
}

function Empty(props: { onCreate: () => void }): JSX.Element {
  return (
    <div class="empty">
      <p>No project yet. A project collects the errors of one application; it gives you a DSN to put into its SDK.</p>
      <Show when={may('project:write')}>
        <Button kind="primary" onClick={() => props.onCreate()}>
          Create your first project
        </Button>
      </Show>
    </div>
  )
}
