// The keys that are one issue, because people merged them: each can leave again. For an issue of one key, the rule that
// would split it. And the other question: why is that one another issue?

import { A } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import type { IssueHash } from '../../../core/contract/grouping.ts'
import type { IssueDetail } from '../../../core/contract/issue.ts'
import { read } from '../../data/api.ts'
import { org, orgPath } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { whyReadOnly } from '../../parts/basic/browse.ts'
import { formatNumber } from '../../parts/basic/format.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { toVisible } from '../../parts/event/visible.ts'
import { unmergeKeys } from '../../parts/triage/merge.ts'
import { CompareIssues } from './CompareIssues.tsx'
import { suggestSplit } from './split.ts'

export function MergedKeys(props: { issue: IssueDetail; event: Event | null; generation: string | null }) {
  const [comparing, setComparing] = createSignal(false)
  const rule = () => (props.event === null ? null : suggestSplit(props.event))
  return (
    <section class="aside-part" aria-labelledby="merged">
      <h2 id="merged">{props.issue.refold.keys.length > 1 ? 'Merged' : 'Together and apart'}</h2>
      <Show when={props.issue.refold.keys.length > 1}><Keys issue={props.issue} generation={props.generation} /></Show>
      <div class="aside-actions">
        <Button onClick={() => setComparing(true)}>Compare with…</Button>
        <Show when={props.issue.refold.keys.length === 1 && rule()}>{(text) => <A class="btn" href={`/p/${props.issue.project.slug}/grouping?rule=${encodeURIComponent(text())}`} title="Opens the grouping page with a rule for these events filled in">Split by a rule</A>}</Show>
      </div>
      <CompareIssues open={comparing()} issue={props.issue} generation={props.generation} onClose={() => setComparing(false)} />
    </section>
  )
}

function Keys(props: { issue: IssueDetail; generation: string | null }) {
  const [ticked, setTicked] = createSignal<ReadonlySet<string>>(new Set())
  const hashes = useQuery(() => ({
    queryKey: ['hashes', props.issue.id, props.generation],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<IssueHash[]>(orgPath(`issues/${props.issue.id}/hashes/`), { query: { generation: props.generation }, signal }),
    enabled: org() !== null,
  }))
  const all = () => (hashes.isPending ? [] : (hashes.data ?? []))
  const leaving = () => all().filter(({ id }) => ticked().has(id)).map(({ id, latestEvent }) => ({ id, newest: latestEvent?.eventID ?? null }))
  const blocked = (): string | null => {
    const why = whyReadOnly(props.generation)
    if (why !== undefined) return why
    if (leaving().length === 0) return 'Tick the keys that should leave.'
    return leaving().length === all().length ? 'One key has to stay.' : null
  }
  const unmerge = () => {
    if (blocked() !== null) return
    void unmergeKeys({ id: props.issue.id, shortId: props.issue.shortId, project: props.issue.project }, leaving())
    setTicked(new Set<string>())
  }
  return (
    <Region query={hashes}>
      <ul class="merged-keys" role="list">
        <For each={all()}>
          {(hash) => (
            <li>
              <label>
                <input type="checkbox" class="check" checked={ticked().has(hash.id)} onChange={() => setTicked((now) => now.symmetricDifference(new Set([hash.id])))} aria-label={`${toVisible(hash.title, 120)}, ${formatNumber(hash.events, 'event')}`} />
                <span><Plain text={hash.title} limit={160} /> <span class="meta">{formatNumber(hash.events, 'event')}, <Ago time={hash.lastSeen} words /></span> <code class="merged-key">{hash.id}</code></span>
              </label>
            </li>
          )}
        </For>
      </ul>
      <div class="aside-actions">
        <Button aria-disabled={blocked() !== null} aria-describedby="unmerge-why" onClick={unmerge}>Unmerge{leaving().length > 0 ? ` ${leaving().length}` : ''}</Button>
        <span class="hint" id="unmerge-why">{blocked() ?? 'Each becomes an issue of its own.'}</span>
      </div>
    </Region>
  )
}
