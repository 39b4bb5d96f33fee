// How a search field behaves: what is typed, when it is asked for, what the keys do. SearchField.tsx is what it looks like.

import { createEffect, createSignal, getOwner, on, onCleanup, runWithOwner } from 'solid-js'
import { useShortcuts } from '../../data/keys.ts'
import type { SearchFieldProps } from './SearchField.tsx'
import { forgetSearches, readRecent, rememberSearch } from './recent.ts'
import type { SearchState } from './state.ts'
import type { Suggestion } from './suggest.ts'

/** Typing waits so long before it asks. */
const waitMs = 300
/** Or so long, where a word may become a filter: else the list would empty in between. */
const growMs = 1200
const idleMs = 500

export function createField(props: SearchFieldProps) {
  let field!: HTMLInputElement
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The last query that was asked for here: the address says it a moment later, when more may have been typed. */
  let asked = props.query
  const [text, setText] = createSignal(asked)
  const [caret, setCaret] = createSignal(asked.length)
  const [isFocused, setFocused] = createSignal(false)
  const [isOpen, setOpen] = createSignal(false)
  const [active, setActive] = createSignal(-1)
  /** Enter: what is unfinished now is wrong. */
  const [isDone, setDone] = createSignal(false)
  const [recent, setRecent] = createSignal<readonly string[]>([])
  const lazy = useLazyHalf({ subject: props.subject, project: () => props.project, generation: () => props.generation ?? null, text, caret, isFocused, isTyping: () => isFocused() && !isDone(), recent })
  const suggestions = (): readonly Suggestion[] => lazy.half()?.assist.suggestions() ?? []
  const isShown = (): boolean => isOpen() && suggestions().length > 0
  const error = (): string | null => {
    const verdict = lazy.half()?.assist.verdict()
    return verdict && !verdict.ready ? verdict.error : text().trim() === props.query ? props.error : null
  }

  createEffect(on(() => props.query, (query) => {
    if (query === asked) return
    clearTimeout(timer)
    asked = query
    setText(query)
  }, { defer: true }))
  const track = (): void => void (document.activeElement === field && setCaret(field.selectionEnd ?? text().length))
  document.addEventListener('selectionchange', track)
  onCleanup(() => {
    document.removeEventListener('selectionchange', track)
    clearTimeout(timer)
  })

  const ask = (): void => {
    clearTimeout(timer)
    const query = text().trim()
    if (lazy.half()?.assist.verdict().ready === false || query === asked) return
    asked = query
    props.onSearch(query)
  }
  const change = (value: string, at: number): void => {
    setText(value)
    setCaret(at)
    setActive(-1)
    setDone(false)
  }
  const write = (value: string, at = value.length): void => {
    field.value = value
    field.setSelectionRange(at, at)
    if (at === value.length) field.scrollLeft = field.scrollWidth
    change(value, at)
  }
  /** By intention, not by a pause in typing. */
  const askNow = (): void => {
    setOpen(false)
    setDone(true)
    ask()
    if (asked !== text().trim()) return
    rememberSearch(props.project, props.subject, asked)
    setRecent(readRecent(props.project, props.subject))
  }
  /** At the end, where a new filter begins. */
  const enter = (): void => {
    const value = text() === '' || text().endsWith(' ') ? text() : `${text()} `
    field.focus()
    write(value)
  }
  const choose = (one: Suggestion): void => {
    write(one.text, one.caret)
    if (one.isWhole) askNow()
  }
  const step = (by: number): void => {
    const count = suggestions().length
    if (isShown()) setActive((now) => (now + by >= count ? 0 : now + by < 0 ? count - 1 : now + by))
    else setOpen(true)
  }
  useShortcuts([{ keys: ['/'], label: props.subject === 'issue' ? 'search' : 'search in events of this issue', run: enter }])

  return {
    text, active, isShown, suggestions, error, half: lazy.half, askNow, choose,
    attach: (element: HTMLInputElement) => void (field = element),
    open: () => setOpen(true),
    close: () => setOpen(false),
    clear: (): void => {
      field.focus()
      write('')
      ask()
    },
    /** Null while none is shown. */
    forget: () => (recent().length === 0 || text().trim() !== '' ? null : () => {
      forgetSearches(props.project, props.subject)
      setRecent([])
    }),
    openFilters: (): void => {
      if (isShown()) return void setOpen(false)
      enter()
      setRecent([])
      setOpen(true)
    },
    type: (): void => {
      change(field.value, field.selectionEnd ?? field.value.length)
      setOpen(true)
      clearTimeout(timer)
      const verdict = lazy.half()?.assist.verdict()
      timer = setTimeout(ask, verdict?.ready && verdict.mayGrow ? growMs : waitMs)
    },
    focus: (): void => {
      lazy.load()
      setRecent(readRecent(props.project, props.subject))
      setFocused(true)
      setDone(false)
      setOpen(true)
    },
    blur: (): void => {
      setFocused(false)
      ask()
    },
    press: (event: KeyboardEvent): void => {
      // An input method's own keys.
      if (event.isComposing) return
      const one = isShown() ? suggestions()[active()] : undefined
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event.key === 'ArrowDown' ? 1 : -1)
      else if (event.key === 'Escape' && isShown()) setOpen(false)
      else if (event.key === 'Escape') field.blur()
      else if (event.key === 'Enter' && one) choose(one)
      else return
      event.preventDefault()
    },
  }
}

/** The grammar and the list come when the page is idle, at the latest with the focus. Without them the field is a plain one. */
function useLazyHalf(state: SearchState) {
  const owner = getOwner()
  const [half, setHalf] = createSignal<Awaited<ReturnType<typeof read>>>()
  let isAsked = false
  const read = async () => {
    const { createAssist, ...parts } = await import('./assist.ts')
    return { assist: runWithOwner(owner, () => createAssist(state))!, ...parts }
  }
  const load = (): void => {
    if (isAsked) return
    isAsked = true
    read().then((found) => setHalf(() => found), () => (isAsked = false))
  }
  const idle = setTimeout(load, idleMs)
  onCleanup(() => clearTimeout(idle))
  return { half, load }
}
