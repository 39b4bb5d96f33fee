// All tags of an issue, each with its ten most frequent values.

import './tags.css'
import { useQuery } from '@tanstack/solid-query'
import { For, Show } from 'solid-js'
import type { Issue, TagFacet } from '../../../core/contract/issue.ts'
import { read } from '../../data/api.ts'
import { issueAddress } from '../../data/eventFilter.ts'
import { org, orgPath } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { IssueSubpage, useIssueAddress } from '../issue/IssueSubpage.tsx'
import { ValueLink } from './ValueLink.tsx'

const shown = 10

export function TagsPage() {
  return <IssueSubpage part="tags" title="Tags">{(issue) => <TagGrid issue={issue} />}</IssueSubpage>
}

function TagGrid(props: { issue: Issue }) {
  const { shortId, filter, generation } = useIssueAddress()
  const tags = useQuery(() => ({
    queryKey: ['issue-tags', props.issue.id, generation()],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<TagFacet[]>(orgPath(`issues/${props.issue.id}/tags/`), { query: { limit: shown, generation: generation() }, signal }),
    enabled: org() !== null,
    reconcile: false as const,
  }))
  const facets = (): TagFacet[] => (tags.isPending ? [] : tags.data ?? [])
  return (
    <Region query={tags} skeleton={<div class="section"><span class="skeleton" /></div>} isEmpty={facets().length === 0} empty={<div class="empty"><h2>No tags</h2><p>The events of this issue have none.</p></div>}>
      <div class="tag-grid">
        <For each={facets()}>
          {(facet) => (
            <section class="tag-box" data-tag={facet.key}>
              <h2><a href={issueAddress(shortId(), `tags/${encodeURIComponent(facet.key)}`, filter(), generation())}><Plain text={facet.name} limit={100} /></a> <span>{formatNumber(facet.uniqueValues, 'value')}</span></h2>
              <ol role="list"><For each={facet.topValues}>{(value) => <li><ValueLink shortId={shortId()} filter={filter()} generation={generation()} tag={facet.key} value={value} total={facet.totalValues} /></li>}</For></ol>
              <Show when={facet.uniqueValues > facet.topValues.length}><p class="note">{formatNumber(facet.uniqueValues - facet.topValues.length, 'more value')}</p></Show>
            </section>
          )}
        </For>
      </div>
    </Region>
  )
}
