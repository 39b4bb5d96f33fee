// An action on many issues that takes several requests, or one long one: how far it is (D-21). One at a time is shown.

import { createSignal } from 'solid-js'

/** `done` null: nobody can say how far. */
export type Work = { said: string; done: number | null; total: number }

/** Fewer are done before anybody could read it. */
const manyIssues = 100

const [work, setWork] = createSignal<Work | null>(null)
export { work }

/** Shown until `end`. Of at most `manyIssues` nothing is shown. */
export function beginWork(said: string, total: number, done: number | null): { step: (done: number) => void; end: () => void } {
  const isMany = total > manyIssues
  if (isMany) setWork({ said, done, total })
  return {
    step: (reached) => isMany && setWork({ said, done: reached, total }),
    end: () => isMany && setWork(null),
  }
}
