// How much of what a project may send: the defaults, or limits of its own.

import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { defaultQuotas } from '../../../core/quota/categories.ts'
import type { Quota } from '../../../core/quota/quota.ts'
import { createDraft } from './draft.ts'
import { DraftForm } from './DraftForm.tsx'
import { whyNot } from './mayChange.ts'
import { QuotaEditor } from './QuotaEditor.tsx'
import { quotaText } from './quotaWords.ts'
import { holdsFromNow, saveProject, type ProjectWithSettings } from './saveProject.ts'

type Limits = { quotas: Quota[] | null }

export function ProjectLimits(props: { project: ProjectWithSettings }): JSX.Element {
  const draft = createDraft<Limits>(
    () => ({ quotas: props.project.quotas }),
    async ({ quotas }) => ({ quotas: (await saveProject(props.project.slug, { quotas })).quotas }),
    holdsFromNow,
  )
  const choose = (own: boolean): void => draft.change({ quotas: own ? defaultQuotas.map((quota) => ({ ...quota })) : null })
  return (
    <>
      <DraftForm
        title="How much may come in"
        hint="Over a limit the answer is 429, and SDKs hold back what is limited and nothing else. Nothing of it is stored; it is counted."
        draft={draft}
        action="Save limits"
        why={whyNot('project:write')}
      >
        <fieldset class="grid gap-1">
          <legend class="sr-only">Which limits</legend>
          <label class="switch">
            <input class="check" type="radio" name="own" checked={draft.value().quotas === null} onChange={() => choose(false)} />
            <span>
              The defaults
              <For each={defaultQuotas}>{(quota) => <span class="hint block">{quotaText(quota)}</span>}</For>
            </span>
          </label>
          <label class="switch">
            <input class="check" type="radio" name="own" checked={draft.value().quotas !== null} onChange={() => choose(true)} />
            <span>Its own</span>
          </label>
        </fieldset>
        <Show when={draft.value().quotas}>
          {(quotas) => <QuotaEditor quotas={quotas()} error={draft.errorOf('quotas')} none="No limit: everything that is sent is taken." onChange={(next) => draft.change({ quotas: next })} />}
        </Show>
      </DraftForm>
      <div class="section">
        <p class="max-w-[72ch] text-ink-2">
          A single key can have <A class="link" href={`/settings/projects/${props.project.slug}/keys`}>a limit of its own</A>, and <A class="link" href="/settings/limits">limits of all projects together</A> come first. What was refused is
          counted under <A class="link" href={`/p/${props.project.slug}/outcomes`}>Outcomes</A>.
        </p>
      </div>
    </>
  )
}
