// "Building generation 13: 61 %" in the top bar, while one of the shown project is built. Asked for once the page has
// had time to show what it is for; after that the live stream tells.

import { A } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createSignal, onCleanup, Show } from 'solid-js'
import type { Generation } from '../../../core/contract/grouping.ts'
import { groupingQuery } from '../../data/grouping.ts'
import { org, project } from '../../data/session.ts'
import { percentOf } from '../basic/percent.ts'

const waitMs = 1500

export function Building() {
  const [due, setDue] = createSignal(false)
  const timer = setTimeout(() => setDue(true), waitMs)
  onCleanup(() => clearTimeout(timer))
  const grouping = useQuery(() => ({ ...groupingQuery(project() ?? ''), enabled: due() && org() !== null && project() !== null }))
  const building = (): Generation | undefined => (grouping.isPending ? undefined : grouping.data?.generations.find(({ state }) => state === 'building' || state === 'paused'))
  return (
    <Show when={building()}>
      {(one) => (
        <A class="building" href={`/p/${project()}/grouping/${one().id}`} data-job data-generation={one().id} data-pct={percentOf(one()) ?? undefined}>
          <span class="max-md:sr-only">{one().state === 'paused' ? 'Paused: generation' : 'Building generation'}</span> {one().id}{percentOf(one()) === null ? '' : `: ${percentOf(one())}%`}
        </A>
      )}
    </Show>
  )
}
