// An action on many issues that takes several requests, or one long one: how far it is (D-21). One at a time is shown.

import { createSignal } from 'solid-js'

/** `done` null: nobody can say how far. `stop`: ends it after the request that is under way. */
export type Work = { said: string; done: number | null; total: number; stop: (() => void) | null }

/** Fewer are done before anybody could read it. */
const manyIssues = 100

const [work, setWork] = createSignal<Work | null>(null)
export { work }

/** Shown until `end`. Of at most `manyIssues` nothing is shown, unless it is `slow` work. */
export function beginWork(said: string, total: number, done: number | null, { slow = false, stop = null }: { slow?: boolean; stop?: (() => void) | null } = {}): { step: (done: number) => void; end: () => void } {
  const isShown = slow || total > manyIssues
  if (isShown) setWork({ said, done, total, stop })
  return {
    step: (reached) => isShown && setWork({ said, done: Math.min(reached, total), total, stop }),
    end: () => isShown && setWork(null),
  }
}
