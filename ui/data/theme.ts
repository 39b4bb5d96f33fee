// Light, dark, or as the system says. ui/theme.js applies the stored value before the first paint.

import { createSignal } from 'solid-js'
import { readStored, writeStored } from './storage.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const stored = readStored('refold.theme')
const [theme, setSignal] = createSignal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')
export { theme }

export function setTheme(next: Theme): void {
  setSignal(next)
  writeStored('refold.theme', next === 'system' ? null : next)
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
}
