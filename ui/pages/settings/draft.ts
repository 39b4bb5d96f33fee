// What a person is changing in a form and has not saved: the value, whether it differs from what is stored, and what the server said
// about it. What is stored may change meanwhile; a draft that nobody has touched follows it.

import { createEffect, createSignal, on } from 'solid-js'
import { ApiFailure } from '../../data/api.ts'
import { showToast } from '../../parts/basic/Toast.tsx'

export type Draft<T> = {
  value: () => T
  change: (part: Partial<T>) => void
  isDirty: () => boolean
  busy: () => boolean
  failure: () => ApiFailure | undefined
  /** What the server said about one field. */
  errorOf: (field: string) => string | undefined
  /** True when it is stored. */
  save: () => Promise<boolean>
  reset: () => void
}

/** `send` resolves with what is stored now, where that may differ from what was sent. `said`: the toast. */
export function createDraft<T extends object>(saved: () => T, send: (value: T) => Promise<T | undefined | void>, said: string): Draft<T> {
  // oxlint-disable-next-line solid/reactivity -- the first value; the effect below follows the later ones
  const [base, setBase] = createSignal<T>(copy(saved()))
  const [value, setValue] = createSignal<T>(base())
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [busy, setBusy] = createSignal(false)
  const isDirty = (): boolean => isDifferent(value(), base())

  createEffect(
    on(saved, (next) => {
      const isTouched = isDirty()
      setBase(() => copy(next))
      if (!isTouched) setValue(() => base())
    }, { defer: true }),
  )

  const save = async (): Promise<boolean> => {
    setFailure(undefined)
    setBusy(true)
    const sent = value()
    try {
      const stored = (await send(sent)) ?? sent
      setBase(() => stored)
      if (value() === sent) setValue(() => stored)
      showToast({ text: said })
      return true
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return {
    value, isDirty, busy, failure, save,
    change: (part) => setValue((now) => ({ ...now, ...part })),
    errorOf: (field) => failure()?.fields[field]?.join(' · '),
    reset: () => {
      setFailure(undefined)
      setValue(() => base())
    },
  }
}

/** What is read from the cache is a store that changes under one's hands. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const isDifferent = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)
