// Issues that the last decision did not reach, and why: their rows say so until something else is decided about them.

import { createSignal } from 'solid-js'
import type { Skipped } from '../../data/changeIssue.ts'

const [reasons, setReasons] = createSignal<ReadonlyMap<string, string>>(new Map())

export const whySkipped = (id: string): string | undefined => reasons().get(id)

export function noteSkipped(decidedAbout: readonly { id: string }[], skipped: readonly Skipped[]): void {
  if (skipped.length === 0 && reasons().size === 0) return
  setReasons((before) => {
    const next = new Map(before)
    for (const { id } of decidedAbout) next.delete(id)
    for (const { id, detail } of skipped) next.set(id, detail)
    return next
  })
}

export const forgetSkipped = (): void => void (reasons().size > 0 && setReasons(new Map()))
