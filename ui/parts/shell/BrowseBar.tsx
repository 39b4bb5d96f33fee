// Over a page that reads a generation which is not live: which one, that nothing can be changed, and the ways out.

import { useNavigate } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createEffect } from 'solid-js'
import { groupingQuery } from '../../data/grouping.ts'
import { org } from '../../data/session.ts'

const words: Partial<Record<string, string>> = { retired: 'Retired generation', discarded: 'Discarded generation' }

/** `liveHref`: the same page of the live generation. */
export function BrowseBar(props: { project: string; generation: string; liveHref: string }) {
  const navigate = useNavigate()
  const grouping = useQuery(() => ({ ...groupingQuery(props.project), enabled: org() !== null && props.project !== '' }))
  const state = () => (grouping.isPending ? undefined : grouping.data?.generations.find(({ id }) => id === props.generation)?.state)
  // Applied meanwhile: what is shown is what is live.
  createEffect(() => state() === 'live' && navigate(props.liveHref, { replace: true, scroll: false }))
  return (
    <div class="browse-bar" data-generation={props.generation}>
      <p><b>{words[state() ?? ''] ?? 'Candidate generation'} {props.generation}</b>, not applied, read-only</p>
      <a class="link" href={`/p/${props.project}/grouping/${props.generation}`}>What it changes</a>
      <a class="link" href={props.liveHref}>Back to the live issues</a>
    </div>
  )
}
