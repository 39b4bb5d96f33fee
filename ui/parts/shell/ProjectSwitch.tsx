// Which project is looked at, and the way to another one: a menu, or, of many, the palette with its field.

import { A, useNavigate } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createMemo, type JSX, Show } from 'solid-js'
import { projectsQuery } from '../../data/queries.ts'
import { org, project } from '../../data/session.ts'
import { Button } from '../basic/Button.tsx'
import { Menu, MenuItem, MenuRule } from '../basic/Menu.tsx'
import { openPalette } from './palette.ts'

/** More than these are found by typing. */
const listedAtMost = 10

export function ProjectSwitch(): JSX.Element {
  const navigate = useNavigate()
  const projects = useQuery(() => projectsQuery())
  const all = createMemo(() => (projects.isPending ? [] : projects.data ?? []))
  return (
    <span class="project-switch">
      <span class="max-sm:hidden">{org()} /&nbsp;</span>
      <Show when={project()} fallback={<A href="/projects">all projects</A>}>
        {(slug) => (
          <Show
            when={all().length > listedAtMost}
            fallback={
              <Menu kind="quiet" label={slug()} name={`Project ${slug()}`} items={all()} render={(item) => item.slug} onPick={(item) => navigate(`/p/${item.slug}/issues`)}>
                <MenuRule />
                <MenuItem onSelect={() => navigate('/projects')}>All projects</MenuItem>
              </Menu>
            }
          >
            <Button kind="quiet" aria-haspopup="dialog" aria-label={`Project ${slug()}, change`} onClick={() => openPalette('projects')}><span class="max-w-40 truncate">{slug()}</span> <span aria-hidden="true">…</span></Button>
          </Show>
        )}
      </Show>
    </span>
  )
}
