// Light, dark, or as the system: a menu of its own where there is room, a part of another on a phone (G-07).

import type { JSX } from 'solid-js'
import { setTheme, theme, type Theme, themes } from '../../data/theme.ts'
import { Menu, MenuChoice } from '../basic/Menu.tsx'

const words: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }

export function ThemeMenu(): JSX.Element {
  return (
    <Menu label="Theme" class="max-md:hidden" title={`Now: ${words[theme()].toLowerCase()}`}>
      <ThemeChoice />
    </Menu>
  )
}

export const ThemeChoice = (): JSX.Element => <MenuChoice label="Theme" value={theme()} options={themes.map((one) => ({ value: one, label: words[one] }))} onPick={(value) => setTheme(value as Theme)} />
