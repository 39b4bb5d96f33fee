// Role and projects of a member, of one who is invited and of one who is here.

import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { type Role, roleNames, seenProjects } from '../../../core/access.ts'
import type { Member } from '../../../core/contract/member.ts'
import { projectsQuery } from '../../data/queries.ts'
import { Field } from '../../parts/basic/Field.tsx'
import { givenRoles, roleHints } from './roleWords.ts'

/** `of`: what the fields start with. */
export function MemberFields(props: { of?: Member | undefined; error?: string | undefined }): JSX.Element {
  const projects = useQuery(() => projectsQuery())
  const all = createMemo(() => (projects.isPending ? [] : (projects.data ?? [])))
  // oxlint-disable-next-line solid/reactivity -- the fields start with it; the person changes them
  const [role, setRole] = createSignal<Role>(props.of?.role ?? 'member')
  // oxlint-disable-next-line solid/reactivity -- as above
  const chosen = props.of?.refold.projects ?? 'all'
  const [some, setSome] = createSignal(chosen !== 'all')
  const seesAll = (): boolean => seenProjects(role(), []) === 'all'
  return (
    <>
      <Field label="Role" hint={roleHints[role()]}>
        {(ids) => (
          <select {...ids} class="input max-w-40" name="role" onChange={(event) => setRole(event.currentTarget.value as Role)}>
            <For each={givenRoles()}>{(one) => <option value={one} selected={one === role()}>{roleNames[one]}</option>}</For>
          </select>
        )}
      </Field>
      <Show when={!seesAll()}>
        <fieldset class="grid gap-1">
          <legend class="legend mb-1">Projects</legend>
          <For each={[false, true]}>
            {(one) => (
              <label class="flex min-h-6 items-center gap-2">
                <input class="check" type="radio" name="some" value={one ? 'yes' : ''} checked={some() === one} onChange={() => setSome(one)} />
                {one ? 'Only these' : 'All, also new ones'}
              </label>
            )}
          </For>
          <Show when={some()}>
            <div class="max-h-48 overflow-y-auto pl-5.5">
              <For each={all()}>
                {(project) => (
                  <label class="flex min-h-6 items-center gap-2">
                    <input class="check" type="checkbox" name="project" value={project.id} checked={chosen !== 'all' && chosen.includes(project.id)} />
                    {project.name}
                  </label>
                )}
              </For>
            </div>
          </Show>
          <Show when={props.error}>{(text) => <p class="field-error">{text()}</p>}</Show>
        </fieldset>
      </Show>
    </>
  )
}

/** Of the form that the fields stand in. */
export function readMemberFields(form: FormData): { orgRole: Role; projects: string[] | null } {
  return { orgRole: form.get('role') as Role, projects: form.get('some') === 'yes' ? form.getAll('project').map(String) : null }
}
