// A project's name, slug and platform; where its other pages are; and its end.

import { A, useNavigate } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { Field } from '../../parts/basic/Field.tsx'
import { PlatformSelect } from '../projects/PlatformSelect.tsx'
import { DeleteProject } from './DeleteProject.tsx'
import { createDraft } from './draft.ts'
import { DraftForm } from './DraftForm.tsx'
import { whyNot } from './mayChange.ts'
import { saveProject, type ProjectWithSettings } from './saveProject.ts'

export function GeneralSection(props: { project: ProjectWithSettings }): JSX.Element {
  const navigate = useNavigate()
  const draft = createDraft(
    () => ({ name: props.project.name, slug: props.project.slug, platform: props.project.platform ?? 'other' }),
    async (value) => {
      const { slug } = props.project
      const { name, platform, slug: newSlug } = await saveProject(slug, value)
      // After the draft has heard of it: a draft that differs would ask whether to leave.
      if (newSlug !== slug) setTimeout(() => navigate(`/settings/projects/${newSlug}`, { replace: true }))
      return { name, slug: newSlug, platform: platform ?? 'other' }
    },
    'Project saved',
  )
  const places = (): [href: string, label: string, hint: string][] => [
    [`/p/${props.project.slug}/setup`, 'Setup', 'Snippets for every platform, and what arrives right now.'],
    [`/p/${props.project.slug}/outcomes`, 'Outcomes', 'What came in, what was dropped, and why.'],
    [`/p/${props.project.slug}/grouping`, 'Grouping', 'Which events become one issue, and the rules for it.'],
  ]
  return (
    <>
      <DraftForm title="Name and platform" draft={draft} action="Save project" why={whyNot('project:write')}>
        <div class="grid max-w-100 gap-4">
          <Field label="Name" error={draft.errorOf('name')}>
            {(ids) => <input {...ids} class="input" name="name" value={draft.value().name} onInput={(event) => draft.change({ name: event.currentTarget.value })} required maxLength={64} autocomplete="off" />}
          </Field>
          <Field label="Slug" hint="Stands in addresses and short ids. Old short ids go on working." error={draft.errorOf('slug')}>
            {(ids) => <input {...ids} class="input mono" name="slug" value={draft.value().slug} onInput={(event) => draft.change({ slug: event.currentTarget.value })} required maxLength={50} autocomplete="off" spellcheck={false} />}
          </Field>
          <Field label="Platform" hint="Decides which snippet is shown first. Any SDK can send." error={draft.errorOf('platform')}>
            {(ids) => <PlatformSelect ids={ids} value={draft.value().platform} onPick={(platform) => draft.change({ platform })} />}
          </Field>
        </div>
      </DraftForm>
      <section class="section" aria-labelledby="elsewhere">
        <h2 id="elsewhere">Elsewhere</h2>
        <dl class="mt-2 grid max-w-160 grid-cols-[6rem_minmax(0,1fr)] gap-y-1">
          <For each={places()}>
            {([href, label, hint]) => (
              <>
                <dt><A class="link inline-flex min-h-6 items-center" href={href}>{label}</A></dt>
                <dd class="flex items-center text-ink-2">{hint}</dd>
              </>
            )}
          </For>
        </dl>
      </section>
      <Show when={props.project.slug} keyed>
        {(slug) => <DeleteProject slug={slug} name={props.project.name} issues={props.project.refold.unresolved} />}
      </Show>
    </>
  )
}
