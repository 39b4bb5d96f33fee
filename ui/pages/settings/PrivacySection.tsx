// What of what is sent is taken out, and a test that shows it while the rules are typed.

import { For, type JSX, Show } from 'solid-js'
import { createDraft } from './draft.ts'
import { DraftForm } from './DraftForm.tsx'
import { LinesField, readLines, SwitchField } from './fields.tsx'
import { privacyLists, privacySwitches } from './intakeFields.ts'
import { whyNot } from './mayChange.ts'
import { holdsFromNow, saveProject, type ProjectWithSettings } from './saveProject.ts'
import { ScrubbingTest } from './ScrubbingTest.tsx'

const switchNames = ['dataScrubber', 'dataScrubberDefaults', 'scrubAtDoor', 'scrubIPAddresses'] as const
const listNames = ['sensitiveFields', 'safeFields', 'scrubPatterns'] as const
type PrivacyDraft = Record<(typeof switchNames)[number], boolean> & Record<(typeof listNames)[number], string>
type Privacy = Pick<ProjectWithSettings, keyof PrivacyDraft>

const show = (settings: Privacy): PrivacyDraft =>
  ({ ...Object.fromEntries(switchNames.map((name) => [name, settings[name]])), ...Object.fromEntries(listNames.map((name) => [name, settings[name].join('\n')])) }) as PrivacyDraft

const read = (draft: PrivacyDraft): Privacy => ({ ...draft, ...(Object.fromEntries(listNames.map((name) => [name, readLines(draft[name])])) as Pick<Privacy, (typeof listNames)[number]>) })

export function PrivacySection(props: { project: ProjectWithSettings }): JSX.Element {
  const draft = createDraft<PrivacyDraft>(() => show(props.project), async (value) => show(await saveProject(props.project.slug, read(value))), holdsFromNow)
  const isOff = (name: keyof PrivacyDraft): boolean => name !== 'dataScrubber' && name !== 'scrubIPAddresses' && !draft.value().dataScrubber
  return (
    <>
      <DraftForm title="What is taken out" hint="What a rule hits is replaced by [Filtered]. A change holds for what comes in from now on, and on the pages of single events at once." draft={draft} action="Save privacy" why={whyNot('project:write')}>
        <div class="grid gap-2">
          <For each={privacySwitches}>
            {([name, label, hint]) => <SwitchField label={label} hint={hint} on={draft.value()[name as (typeof switchNames)[number]]} disabled={isOff(name as keyof PrivacyDraft)} onChange={(on) => draft.change({ [name]: on })} />}
          </For>
        </div>
        <div class="grid max-w-160 gap-4">
          <For each={privacyLists}>
            {([name, label, hint, placeholder]) => <LinesField label={label} hint={hint} placeholder={placeholder} text={draft.value()[name]} error={draft.errorOf(name)} onChange={(text) => draft.change({ [name]: text })} />}
          </For>
        </div>
      </DraftForm>
      <Show when={whyNot('project:write')} fallback={<ScrubbingTest project={props.project.slug} hasEvents={props.project.firstEvent !== null} settings={read(draft.value())} />}>
        <p class="section text-ink-2">Who may change the rules can try them here on an event.</p>
      </Show>
    </>
  )
}
