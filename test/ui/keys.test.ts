// The registry of keyboard shortcuts: which key press runs what, and when none may.

import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { handleKey, keyName, setSingleKeys, shortcuts, useLayer, useShortcuts } from '../../ui/data/keys.ts'

let ran: string[] = []
let close: () => void
const inRoot = (work: () => void): (() => void) => createRoot((dispose) => (work(), dispose))
const shortcut = (keys: string[], label = keys[0]!) => ({ keys, label, run: () => void ran.push(label) })
const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body, now = 0): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.addEventListener('keydown', (seen) => handleKey(seen as KeyboardEvent, now), { once: true })
  target.dispatchEvent(event)
  return event
}

beforeEach(() => {
  ran = []
  setSingleKeys(true)
  close = inRoot(() => useShortcuts([shortcut(['j', 'ArrowDown']), shortcut(['g i']), shortcut(['i']), shortcut(['Shift+J']), shortcut(['Mod+K']), shortcut(['?']), shortcut(['Escape'])]))
})
afterEach(() => close())

test('keys are named as they are typed', () => {
  const name = (key: string, held: Partial<KeyboardEvent> = {}) => keyName({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })
  expect(name('j')).toBe('j')
  expect(name('J', { shiftKey: true })).toBe('Shift+J')
  expect(name('?', { shiftKey: true })).toBe('?')
  expect(name('k', { metaKey: true })).toBe('Mod+K')
  expect(name('Enter')).toBe('Enter')
  expect(name('c', { ctrlKey: true, altKey: true, code: 'KeyC' })).toBe('Mod+Alt+C')
  expect(name('ç', { metaKey: true, altKey: true, code: 'KeyC' })).toBe('Mod+Alt+C')
})
test('a key, or its alternative, runs its shortcut once and is taken', () => {
  expect(press('j').defaultPrevented).toBe(true)
  press('ArrowDown')
  expect(ran).toEqual(['j', 'j'])
})
test('a key that is held steps on, and decides once', () => {
  press('j', { repeat: true })
  press('i')
  expect(press('i', { repeat: true }).defaultPrevented).toBe(true)
  expect(ran).toEqual(['j', 'i'])
})
test('a sequence needs both keys in time', () => {
  press('g', {}, document.body, 0)
  press('i', {}, document.body, 500)
  expect(ran).toEqual(['g i'])
  press('g', {}, document.body, 1000)
  press('i', {}, document.body, 9000)
  expect(ran).toEqual(['g i', 'i'])
})
test('a page wins over the shell, until it is left', () => {
  const leave = inRoot(() => useShortcuts([shortcut(['j'], 'page')]))
  press('j')
  leave()
  press('j')
  expect(ran).toEqual(['page', 'j'])
  expect(shortcuts().some((one) => one.label === 'page')).toBe(false)
})
describe('nothing acts', () => {
  test('while a dialog or menu is open', () => {
    const leave = inRoot(() => useLayer())
    press('j')
    press('k', { ctrlKey: true })
    leave()
    expect(ran).toEqual([])
    press('j')
    expect(ran).toEqual(['j'])
  })
  test('by the key that has just closed a menu', () => {
    const menu = document.body.appendChild(document.createElement('div'))
    menu.setAttribute('role', 'menu')
    press('j', {}, menu)
    expect(ran).toEqual([])
    menu.remove()
  })
  test('of the letters while typing; Mod+K does', () => {
    const input = document.body.appendChild(document.createElement('input'))
    expect(press('j', {}, input).defaultPrevented).toBe(false)
    press('k', { ctrlKey: true }, input)
    input.remove()
    expect(ran).toEqual(['Mod+K'])
  })
  test('of the letters when they are turned off; Mod+K and Esc do', () => {
    setSingleKeys(false)
    for (const key of ['j', '?', 'g', 'i', 'Escape']) press(key)
    press('k', { ctrlKey: true })
    expect(ran).toEqual(['Escape', 'Mod+K'])
  })
})
