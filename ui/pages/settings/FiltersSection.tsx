// What is dropped although an SDK sent it, and which web pages may send at all.

import { For, type JSX } from 'solid-js'
import { createDraft } from './draft.ts'
import { DraftForm } from './DraftForm.tsx'
import { LinesField, readLines, SwitchField } from './fields.tsx'
import { filterLists, filterSwitches } from './intakeFields.ts'
import { whyNot } from './mayChange.ts'
import { holdsFromNow, saveProject, type ProjectWithSettings } from './saveProject.ts'

type Filters = ProjectWithSettings['filters']
/** Lists as the person types them. */
type FilterDraft = Omit<Filters, 'errorMessages' | 'releases'> & { errorMessages: string; releases: string }

export function FiltersSection(props: { project: ProjectWithSettings }): JSX.Element {
  const show = (filters: Filters): FilterDraft => ({ ...filters, errorMessages: filters.errorMessages.join('\n'), releases: filters.releases.join('\n') })
  const filters = createDraft<FilterDraft>(
    () => show(props.project.filters),
    async (value) => show((await saveProject(props.project.slug, { filters: { ...value, errorMessages: readLines(value.errorMessages), releases: readLines(value.releases) } })).filters),
    holdsFromNow,
  )
  const origins = createDraft(
    () => ({ domains: props.project.allowedDomains.join('\n') }),
    async ({ domains }) => ({ domains: (await saveProject(props.project.slug, { allowedDomains: readLines(domains) })).allowedDomains.join('\n') }),
    holdsFromNow,
  )
  const why = (): string | undefined => whyNot('project:write')
  return (
    <>
      <DraftForm title="Inbound filters" hint="What matches is dropped: it makes no issue and alerts nobody. It is counted under Outcomes as filtered." draft={filters} action="Save filters" why={why()}>
        <fieldset class="grid gap-1">
          <legend class="legend mb-1">Drop</legend>
          <For each={filterSwitches}>{([name, label, hint]) => <SwitchField label={label} hint={hint} on={filters.value()[name]} onChange={(on) => filters.change({ [name]: on })} />}</For>
        </fieldset>
        <div class="grid max-w-160 gap-4">
          <For each={filterLists}>
            {([name, label, hint, placeholder]) => (
              <LinesField label={label} hint={hint} placeholder={placeholder} text={filters.value()[name]} error={name === 'errorMessages' ? filters.errorOf('filters') : undefined} onChange={(text) => filters.change({ [name]: text })} />
            )}
          </For>
        </div>
      </DraftForm>
      <DraftForm title="Allowed origins" hint="Which web pages may send. A page of any other origin is refused with 403. Programs, which send no origin, always may." draft={origins} action="Save origins" why={why()}>
        <div class="max-w-160">
          <LinesField
            label="Allowed domains"
            hint="One a line: * for all, example.com, *.example.com, https://example.com:8443. With no line only programs may send. At most 100."
            text={origins.value().domains}
            error={origins.errorOf('allowedDomains')}
            onChange={(domains) => origins.change({ domains })}
          />
        </div>
      </DraftForm>
    </>
  )
}
