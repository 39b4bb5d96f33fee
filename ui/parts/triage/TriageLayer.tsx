// The place of the menus and dialogs of triage on a page; they come when the page is idle, or when one is wanted.

import { type Component, createEffect, createSignal, onCleanup, onMount, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { whenIdle } from '../../data/idle.ts'
import { noteMissingChunk } from '../../data/missingChunk.ts'
import type { Triage } from './useTriage.ts'

const [layer, setLayer] = createSignal<Component<{ room: Triage }>>()
let asked = false

function loadLayer(): void {
  if (asked) return
  asked = true
  import('./Questions.tsx').then(({ Questions }) => setLayer(() => Questions), () => {
    asked = false
    noteMissingChunk()
  })
}

export function TriageLayer(props: { room: Triage }) {
  onMount(() => onCleanup(whenIdle(loadLayer)))
  createEffect(() => props.room.asked() !== null && loadLayer())
  return <Show when={layer()}>{(loaded) => <Dynamic component={loaded()} room={props.room} />}</Show>
}
