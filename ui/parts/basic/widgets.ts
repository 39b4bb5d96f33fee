// Menus and dialogs come after the first paint, in one chunk with Kobalte (ui.md 5): asked for when the page is idle, or
// when the first of them is wanted.

import { createSignal } from 'solid-js'
import { noteMissingChunk } from '../../data/missingChunk.ts'

const load = async () => {
  const [menu, dialog] = await Promise.all([import('./MenuWidget.tsx'), import('./DialogWidget.tsx')])
  return { ...menu, ...dialog }
}
const [widgets, setWidgets] = createSignal<Awaited<ReturnType<typeof load>>>()
/** Undefined until they are there: read it inside `<Show>`. */
export { widgets }

let asked = false

export function loadWidgets(): void {
  if (asked) return
  asked = true
  load().then((all) => setWidgets(() => all), () => {
    asked = false
    noteMissingChunk()
  })
}
