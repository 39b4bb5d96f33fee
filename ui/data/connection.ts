// What every answer, or its absence, tells about the server: reachable or not (G-08), and which build it runs (G-09).

import { createSignal } from 'solid-js'

const [offlineSince, setOfflineSince] = createSignal<Date | null>(null)
const [newBuild, setNewBuild] = createSignal(false)
export { newBuild, offlineSince }

let lastAnswer = new Date()
let firstBuild: string | null = null

/** Called for every answer, whatever its status. */
export function noteAnswer(build: string | null): void {
  lastAnswer = new Date()
  setOfflineSince(null)
  if (build === null) return
  firstBuild ??= build
  if (build !== firstBuild) noteNewBuild()
}

/** Called when no answer came at all. The data on the page is as old as the last one. */
export function noteNoAnswer(): void {
  setOfflineSince((since) => since ?? lastAnswer)
}

export function noteNewBuild(): void {
  setNewBuild(true)
}
