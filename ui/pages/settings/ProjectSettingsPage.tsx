// One project: its name, slug and platform, and the keys that SDKs send with.

import { useNavigate, useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createEffect, createSignal, type JSX, Show } from 'solid-js'
import type { Project } from '../../../core/contract/project.ts'
import type { ProjectSettings } from '../../../core/project/settings.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { projectQuery } from '../../data/queries.ts'
import { may, projectPath, setProject } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { PlatformSelect } from '../projects/PlatformSelect.tsx'
import { IntakeForm } from './IntakeForm.tsx'
import { ProjectKeys } from './ProjectKeys.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'

export function ProjectSettingsPage(): JSX.Element {
  const params = useParams<{ project: string }>()
  const project = useQuery(() => projectQuery(params.project))
  createEffect(() => project.isSuccess && setProject(params.project))
  return (
    <SettingsFrame title={`Project ${params.project}`}>
      <Region query={project} skeleton={<div class="h-60" />}>
        <Show when={project.data}>{(one) => <ProjectForm project={one()} />}</Show>
      </Region>
      <ProjectKeys project={params.project} />
      <Show when={hasSettings(project.isPending ? undefined : project.data)}>{(one) => <IntakeForm project={one()} />}</Show>
    </SettingsFrame>
  )
}

/** A list has projects without their settings. */
function hasSettings(project: Project | undefined): (Project & ProjectSettings) | false {
  return project?.filters !== undefined && (project as Project & ProjectSettings)
}

function ProjectForm(props: { project: Project }): JSX.Element {
  const navigate = useNavigate()
  // eslint-disable-next-line solid/reactivity -- the field starts with it; the person changes it
  const [platform, setPlatform] = createSignal(props.project.platform ?? 'other')
  const [failure, setFailure] = createSignal<ApiFailure>()
  const fieldError = (name: string): string | undefined => failure()?.fields[name]?.[0]

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const { slug } = props.project
    setFailure(undefined)
    try {
      const changed = (await request<Project>('PUT', projectPath(slug), { body: { name: form.get('name'), slug: form.get('slug'), platform: platform() } })).body
      void client.invalidateQueries({ queryKey: ['projects'] })
      void client.invalidateQueries({ queryKey: ['project'] })
      showToast({ text: 'Project saved' })
      if (changed.slug !== slug) navigate(`/settings/projects/${changed.slug}`, { replace: true })
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }

  return (
    <form class="section" onSubmit={(event) => void submit(event)}>
      <div class="grid max-w-100 gap-4">
        <Field label="Name" error={fieldError('name')}>
          {(ids) => <input {...ids} class="input" name="name" value={props.project.name} required maxLength={64} autocomplete="off" />}
        </Field>
        <Field label="Slug" hint="Stands in addresses and short ids. Old short ids go on working." error={fieldError('slug')}>
          {(ids) => <input {...ids} class="input mono" name="slug" value={props.project.slug} required maxLength={50} autocomplete="off" spellcheck={false} />}
        </Field>
        <Field label="Platform" error={fieldError('platform')}>
          {(ids) => <PlatformSelect ids={ids} value={platform()} onPick={setPlatform} />}
        </Field>
        <FormError failure={failure()} />
        <Show when={may('project:write')}>
          <div>
            <Button type="submit">Save project</Button>
          </div>
        </Show>
      </div>
    </form>
  )
}
