// Limits of the whole installation: all projects together.

import { useQuery } from '@tanstack/solid-query'
import { type JSX, Show } from 'solid-js'
import type { Organization } from '../../../core/contract/project.ts'
import type { Quota } from '../../../core/quota/quota.ts'
import { read, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { org, orgPath } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { createDraft } from './draft.ts'
import { DraftForm } from './DraftForm.tsx'
import { whyNot } from './mayChange.ts'
import { QuotaEditor } from './QuotaEditor.tsx'
import { holdsFromNow } from './saveProject.ts'
import { SettingsFrame } from './SettingsFrame.tsx'

export function LimitsPage(): JSX.Element {
  const organization = useQuery(() => ({ queryKey: ['organization'], queryFn: () => read<Organization>(orgPath()), enabled: org() !== null }))
  return (
    <SettingsFrame title="Limits of all projects">
      <Region query={organization} skeleton={<div class="h-40" />}>
        <Show when={organization.data}>{(one) => <Limits quotas={one().quotas} />}</Show>
      </Region>
    </SettingsFrame>
  )
}

function Limits(props: { quotas: Quota[] }): JSX.Element {
  const draft = createDraft(
    () => ({ quotas: props.quotas }),
    async ({ quotas }) => {
      await request('PUT', orgPath(), { body: { quotas } })
      void client.invalidateQueries({ queryKey: ['organization'] })
    },
    holdsFromNow,
  )
  return (
    <DraftForm
      title="Together"
      hint="What all projects together may send. It is checked before the limits of a project and of a key, and keeps one machine from being filled by one loop."
      draft={draft}
      action="Save limits"
      why={whyNot('org:write')}
    >
      <QuotaEditor quotas={draft.value().quotas} error={draft.errorOf('quotas')} none="No limit of all together; each project has its own." disabled={whyNot('org:write') !== undefined} onChange={(quotas) => draft.change({ quotas })} />
    </DraftForm>
  )
}
