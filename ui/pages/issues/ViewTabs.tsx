// The views, each with how many issues it holds; what can be done with the one that is shown; and the news beside them:
// issues that were born since the list was read. One's own tabs are dragged into order, or moved by their menu (W-11).

import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { Kbd } from '../../parts/basic/Kbd.tsx'
import { showCurrent } from '../../parts/basic/strip.ts'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { ViewTools } from './ViewTools.tsx'
import { maxCounted, useViewCounts } from '../../data/savedViews.ts'
import type { ListView, ShownView } from './shownView.ts'
import { useSpoken } from '../../parts/basic/spoken.ts'
import { createViewOrder } from './viewOrder.ts'
import { countedQuery } from '../../data/views.ts'

/** `arrived`: new issues that the list does not show. */
export function ViewTabs(props: { view: ShownView; arrived: number; onRefresh: () => void }) {
  const counted = (view: ListView): string | null => countedQuery(props.view.stateBehind(view))
  const counts = useViewCounts(() => props.view.project(), () => props.view.generation(), () => (props.view.isKnown() ? props.view.views().flatMap((view) => counted(view) ?? []) : null))
  const countOf = (view: ListView): number | undefined => {
    const query = counted(view)
    return query === null ? undefined : counts().data?.[query]
  }
  const spoken = useSpoken(() => (props.arrived > 0 ? `${props.arrived} new` : ''))
  // oxlint-disable-next-line solid/reactivity -- the same object for the life of the page
  const order = createViewOrder(props.view)
  const [dragged, setDragged] = createSignal<string | null>(null)
  const [over, setOver] = createSignal<string | null>(null)
  const drop = (key: string): void => {
    const moved = dragged()
    setOver(null)
    setDragged(null)
    if (moved !== null && moved !== key) order.moveTo(moved, key)
  }
  let tabs: HTMLElement | undefined
  // Again once the counts are there, which push the tabs apart.
  createEffect(on([() => props.view.active()?.key, () => counts().isPending], () => {
    const shown = requestAnimationFrame(() => showCurrent(tabs))
    onCleanup(() => cancelAnimationFrame(shown))
  }))
  return (
    <div class="stream-top">
      <nav class="tabs" aria-label="Views" ref={(element) => (tabs = element)}>
        <For each={props.view.views()}>
          {(view) => (
            <a
              href={props.view.hrefOf(view)} aria-current={props.view.active()?.key === view.key ? 'page' : undefined} title={view.own ? `${view.name}: ${view.state.query || 'all issues'}` : undefined}
              draggable={view.own !== null} data-own={view.own !== null} data-over={over() === view.key && dragged() !== view.key}
              onDragStart={() => setDragged(view.own ? view.key : null)} onDragEnd={() => { setDragged(null); setOver(null) }}
              onDragOver={(event) => {
                if (dragged() === null || view.own === null) return
                event.preventDefault()
                setOver(view.key)
              }}
              onDrop={(event) => { event.preventDefault(); drop(view.key) }}
            >
              <span class="view-name">{view.name}</span> <ViewCount count={countOf(view)} />
            </a>
          )}
        </For>
      </nav>
      <ViewTools view={props.view} order={order} />
      <div class="arrivals">
        <Show when={props.arrived > 0}>
          <button type="button" onClick={() => props.onRefresh()}>{props.arrived} new, press <Kbd keys="." /></button>
        </Show>
      </div>
      <p class="sr-only" role="status">{spoken()}</p>
      <p class="sr-only" role="status">{order.said()}</p>
    </div>
  )
}

function ViewCount(props: { count: number | undefined }) {
  const text = () => (props.count === undefined ? '' : props.count >= maxCounted ? `${formatExact(maxCounted)}+` : formatCount(props.count))
  return <span class="view-count">{text()}</span>
}
