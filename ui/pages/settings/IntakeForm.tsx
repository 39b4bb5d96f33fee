// Privacy, filters and origins of a project: what of what is sent is taken out, dropped or refused.

import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Project } from '../../../core/contract/project.ts'
import type { ProjectSettings } from '../../../core/project/settings.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { may, projectPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { filterLists, filterSwitches, lists, readIntake, switches } from './intakeFields.ts'

/** `settings` come with the project when it is read alone. */
export function IntakeForm(props: { project: Project & ProjectSettings }): JSX.Element {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const fieldError = (name: string): string | undefined => failure()?.fields[name]?.join(' ')
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    setFailure(undefined)
    try {
      await request('PUT', projectPath(props.project.slug), { body: readIntake(new FormData(event.currentTarget)) })
      void client.invalidateQueries({ queryKey: ['project'] })
      showToast({ text: 'Saved. It holds for what comes in from now on.' })
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }

  return (
    <form class="section" aria-labelledby="intake" onSubmit={(event) => void submit(event)}>
      <h2 id="intake">What comes in</h2>
      <div class="mt-3 grid max-w-160 gap-4">
        <fieldset class="grid gap-2">
          <legend class="legend mb-1">Privacy</legend>
          <For each={switches}>{([name, label, hint]) => <Switch name={name} label={label} hint={hint} on={props.project[name]} />}</For>
        </fieldset>
        <For each={lists}>{([name, label, hint]) => <Lines name={name} label={label} hint={hint} lines={props.project[name]} error={fieldError(name)} />}</For>
        <fieldset class="grid gap-2">
          <legend class="legend mb-1">Drop</legend>
          <For each={filterSwitches}>{([name, label]) => <Switch name={name} label={label} on={props.project.filters[name]} />}</For>
        </fieldset>
        <For each={filterLists}>{([name, label, hint]) => <Lines name={name} label={label} hint={hint} lines={props.project.filters[name]} error={undefined} />}</For>
        <Show when={fieldError('filters')}>{(error) => <p class="field-error" role="alert">{error()}</p>}</Show>
        <FormError failure={failure()} />
        <Show when={may('project:write')}>
          <div><Button type="submit">Save what comes in</Button></div>
        </Show>
      </div>
    </form>
  )
}

function Switch(props: { name: string; label: string; hint?: string; on: boolean }): JSX.Element {
  return (
    <label class="flex min-h-6 items-baseline gap-2">
      <input class="check" type="checkbox" name={props.name} checked={props.on} />
      <span>{props.label} <Show when={props.hint}>{(hint) => <span class="hint">{hint()}</span>}</Show></span>
    </label>
  )
}

function Lines(props: { name: string; label: string; hint: string; lines: readonly string[]; error: string | undefined }): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(ids) => <textarea {...ids} class="input mono" name={props.name} rows="2" spellcheck={false} autocomplete="off">{props.lines.join('\n')}</textarea>}
    </Field>
  )
}
