// The one registry of keyboard shortcuts: pages add theirs while they are shown, the `?` list is generated from it
// (G-04). No single-letter key acts while a dialog or menu is open (a layer), in a field, or when turned off (G-10).

import { createSignal, onCleanup } from 'solid-js'
import { readStored, writeStored } from './storage.ts'

/**
 * `keys`: alternatives, each as `e`, `Shift+J`, `Mod+K`, `Enter`, `?` or a sequence `g i`; letters are compared as typed.
 * None: an action that only the palette offers. `everywhere`: the shell's. `moves`: only steps through what is shown, so the
 * palette leaves it out. `run` has no event when the palette runs it.
 */
export type Shortcut = { keys: readonly string[]; label: string; everywhere?: boolean; moves?: boolean; run: (event?: KeyboardEvent) => void }

/* Changed in place. A signal has two values while the next page is on its way, and the keys of the page that goes would be
   taken out of one of them: they would stay for ever, and the page with them (D-23). */
const registered: Shortcut[] = []
let layers = 0
const [changed, noteChange] = createSignal(undefined, { equals: false })

/** All there are now, oldest first; tracked. */
export function shortcuts(): readonly Shortcut[] {
  changed()
  return registered
}

const [singleKeys, setSingle] = createSignal(readStored('refold.singleKeys') !== 'off')
export { singleKeys }

export function setSingleKeys(on: boolean): void {
  setSingle(on)
  writeStored('refold.singleKeys', on ? null : 'off')
}

/** Adds shortcuts for the life of the calling component. A later one wins over an earlier one with the same key. */
export function useShortcuts(added: readonly Shortcut[]): void {
  registered.push(...added)
  noteChange()
  onCleanup(() => {
    for (const one of added) registered.splice(registered.indexOf(one), 1)
    noteChange()
  })
}

/** Silences the page's keys for the life of the calling component: dialogs and menus call it while open. */
export function useLayer(): void {
  layers += 1
  onCleanup(() => {
    layers -= 1
  })
}

/** How long the first key of a sequence waits for the second. */
const sequenceMs = 1200
let pending: { key: string; at: number } | null = null

/** The name of a pressed key as `Shortcut.keys` writes it. Shift is named for letters only: `?` already says it. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'> & { code?: string }): string {
  // On a Mac, Option turns letters into other signs.
  const pressed = event.altKey && !/^[a-z]$/i.test(event.key) ? (/^Key([A-Z])$/.exec(event.code ?? '')?.[1] ?? event.key) : event.key
  const isLetter = /^[a-z]$/i.test(pressed)
  const key = isLetter ? (event.shiftKey || event.ctrlKey || event.metaKey ? pressed.toUpperCase() : pressed.toLowerCase()) : pressed
  const mod = event.ctrlKey || event.metaKey ? 'Mod+' : ''
  return `${mod}${event.altKey ? 'Alt+' : ''}${event.shiftKey && (isLetter || event.key.length > 1) ? 'Shift+' : ''}${key}`
}

/** Runs at most one shortcut for a key press. Exported for main.tsx and the tests. */
export function handleKey(event: KeyboardEvent, now = Date.now()): void {
  if (event.defaultPrevented || event.isComposing || layers > 0 || isOfLayer(event.target)) return
  const name = keyName(event)
  const isPlain = !name.startsWith('Mod+') && !name.startsWith('Alt+')
  if (isPlain && (isTyping(event.target) || (!singleKeys() && event.key.length === 1))) return
  const sequence = pending && now - pending.at < sequenceMs ? `${pending.key} ${name}` : null
  pending = null
  const found = (sequence && findShortcut(sequence)) || findShortcut(name)
  if (found) {
    // Enter on a focused link or button is that control's own.
    if (name === 'Enter' && event.target instanceof Element && event.target.closest('a, button, summary')) return
    event.preventDefault()
    if (!event.repeat || steps.test(name)) found.run(event)
  } else if (shortcuts().some((one) => one.keys.some((keys) => keys.startsWith(`${name} `)))) {
    pending = { key: name, at: now }
  }
}

/** A key that is held steps on; it does not decide again and again. */
const steps = /^(?:[hjkl]|Shift\+[JK]|(?:Shift\+)?Arrow(?:Up|Down))$/

const findShortcut = (keys: string): Shortcut | undefined => shortcuts().findLast((one) => one.keys.includes(keys))

/** The key that has closed a menu or dialog is not the page's too: by now the layer is gone. */
const isOfLayer = (target: EventTarget | null): boolean => target instanceof Element && target.closest('[role=menu], [role=dialog]') !== null

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
