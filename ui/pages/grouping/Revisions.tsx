// Every revision of the rules, newest first. Restoring one puts its text into the editor; saving makes it a new revision.

import { useQuery } from '@tanstack/solid-query'
import { For, Show } from 'solid-js'
import type { Revision } from '../../../core/contract/grouping.ts'
import { revisionsQuery } from '../../data/grouping.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { ClosedSection } from '../../parts/event/Section.tsx'
import { type Draft, languages } from './draft.ts'
import { sayPerson } from './words.ts'

export function Revisions(props: { project: string; draft: Draft; live: string | null; onSaid: (text: string) => void }) {
  return <ClosedSection id="revisions" title="Revisions of the rules"><List {...props} /></ClosedSection>
}

function List(props: { project: string; draft: Draft; live: string | null; onSaid: (text: string) => void }) {
  const revisions = useQuery(() => revisionsQuery(props.project))
  const all = () => (revisions.isPending ? [] : (revisions.data ?? []))
  const restore = (revision: Revision): void => {
    for (const language of languages) props.draft.write(language, revision[language])
    props.onSaid(`The rules of revision ${revision.id} are in the editor. They are not saved.`)
    document.querySelector('.rule-editor')?.scrollIntoView({ block: 'start' })
  }
  return (
    <Region query={revisions} isEmpty={all().length === 0} empty={<p class="part-empty">No rules were ever saved.</p>} skeleton={<div class="h-20" />}>
      <ol class="revisions" role="list">
        <For each={all()}>
          {(revision, index) => (
            <li>
              <details>
                <summary>
                  <b>Revision {revision.id}</b> <span class="meta">{sayPerson(revision.user)}, <Ago time={revision.dateCreated} words /> · {sayRules(revision)}</span>
                  <Show when={revision.id === props.live}> <span class="tag">live</span></Show><Show when={index() === 0}> <span class="tag">newest</span></Show>
                </summary>
                <pre class="code">{textOf(revision)}</pre>
              </details>
              <Button aria-label={`Restore revision ${revision.id}`} onClick={() => restore(revision)}>Restore</Button>
            </li>
          )}
        </For>
      </ol>
    </Region>
  )
}

const count = (text: string): number => text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).length
const sayRules = ({ rules, frameRules }: Revision): string => `${formatNumber(count(rules), 'fingerprint rule')}, ${formatNumber(count(frameRules), 'frame rule')}`
const textOf = ({ rules, frameRules }: Revision): string => [rules, ...(frameRules === '' ? [] : ['', '# Frame rules', frameRules])].join('\n').trim() || 'No rules.'
