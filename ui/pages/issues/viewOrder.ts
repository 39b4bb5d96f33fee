// Bringing one's own views into order, by dragging or step by step; says where the view stands now.

import { createSignal } from 'solid-js'
import { showToast } from '../../parts/basic/Toast.tsx'
import { sayFailure } from '../../data/failure.ts'
import { orderViews } from '../../data/savedViews.ts'
import type { ShownView } from './shownView.ts'

export type ViewOrder = ReturnType<typeof createViewOrder>

export function createViewOrder(view: ShownView) {
  const [said, setSaid] = createSignal('')
  const keys = (): string[] => view.own().map(({ key }) => key)
  const put = (key: string, place: number): void => {
    const ids = keys().filter((one) => one !== key).toSpliced(place, 0, key)
    setSaid(`${view.own().find((one) => one.key === key)?.name ?? 'The view'} is now ${place + 1} of ${ids.length}`)
    orderViews(view.project(), ids).catch((error: unknown) => showToast({ kind: 'error', text: `The order was not kept: ${sayFailure(error)}` }))
  }
  return {
    said,
    /** To where `target` stands. */
    moveTo: (key: string, target: string) => put(key, keys().indexOf(target)),
    mayMove: (key: string, step: -1 | 1): boolean => keys()[keys().indexOf(key) + step] !== undefined,
    move: (key: string, step: -1 | 1) => put(key, keys().indexOf(key) + step),
  }
}
