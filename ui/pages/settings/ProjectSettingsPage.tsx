// The settings of one project, section by section.

import { useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createEffect, type JSX, Match, Show, Switch } from 'solid-js'
import type { Project } from '../../../core/contract/project.ts'
import type { ProjectSettings } from '../../../core/project/settings.ts'
import { projectQuery } from '../../data/queries.ts'
import { setProject } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { MissingPage } from '../projects/MissingPage.tsx'
import { FiltersSection } from './FiltersSection.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import { ProjectKeys } from './ProjectKeys.tsx'
import { ProjectLimits } from './ProjectLimits.tsx'
import { PrivacySection } from './PrivacySection.tsx'
import type { ProjectWithSettings } from './saveProject.ts'
import { projectSections, SettingsFrame } from './SettingsFrame.tsx'

export function ProjectSettingsPage(): JSX.Element {
  const params = useParams<{ project: string; section?: string }>()
  const project = useQuery(() => projectQuery(params.project))
  createEffect(() => project.isSuccess && setProject(params.project))
  const section = (): (typeof projectSections)[number] | undefined => projectSections.find(([name]) => name === (params.section ?? ''))
  const read = (): ProjectWithSettings | undefined => (project.isPending ? undefined : withSettings(project.data))
  return (
    <Show when={section()} fallback={<MissingPage />}>
      {(one) => (
        <SettingsFrame title={one()[1]} of={read()?.name ?? params.project}>
          <Region query={project} skeleton={<div class="h-60" />}>
            <Show when={read()}>
              {(found) => (
                <Switch>
                  <Match when={one()[0] === ''}><GeneralSection project={found()} /></Match>
                  <Match when={one()[0] === 'keys'}><ProjectKeys project={params.project} /></Match>
                  <Match when={one()[0] === 'limits'}><ProjectLimits project={found()} /></Match>
                  <Match when={one()[0] === 'filters'}><FiltersSection project={found()} /></Match>
                  <Match when={one()[0] === 'privacy'}><PrivacySection project={found()} /></Match>
                </Switch>
              )}
            </Show>
          </Region>
        </SettingsFrame>
      )}
    </Show>
  )
}

/** Lists have projects without their settings; one that is read alone has them. */
const withSettings = (project: Project | undefined): ProjectWithSettings | undefined => (project?.filters === undefined ? undefined : (project as Project & ProjectSettings))
