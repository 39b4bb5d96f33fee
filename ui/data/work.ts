// An action on many issues that takes several requests, or one long one: how far it is (D-21). The newest is shown.

import { createSignal } from 'solid-js'

/** `done` null: nobody can say how far. `stop`: ends it after the request that is under way. */
export type Work = { said: string; done: number | null; total: number; stop: (() => void) | null }

/** Fewer are done before anybody could read it. */
const manyIssues = 100

const [under, setUnder] = createSignal<readonly Work[]>([])
export const work = (): Work | null => under().at(-1) ?? null

/** Shown until `end`. Of at most `manyIssues` nothing is shown, unless it is `slow` work. */
export function beginWork(said: string, total: number, done: number | null, { slow = false, stop = null }: { slow?: boolean; stop?: (() => void) | null } = {}): { step: (done: number) => void; end: () => void } {
  const isShown = slow || total > manyIssues
  let mine: Work = { said, done, total, stop }
  if (isShown) setUnder((all) => [...all, mine])
  return {
    step: (reached) => {
      const [before, after] = [mine, { ...mine, done: Math.min(reached, total) }]
      mine = after
      setUnder((all) => all.map((one) => (one === before ? after : one)))
    },
    end: () => setUnder((all) => all.filter((one) => one !== mine)),
  }
}
