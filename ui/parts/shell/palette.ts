// Whether the command palette is open, and for what. The palette itself is a chunk of its own.

import { createSignal } from 'solid-js'

/** `projects`: only to change the project, when there are many. */
export type PaletteKind = 'all' | 'projects'

const [palette, setPalette] = createSignal<PaletteKind | null>(null)
export { palette }

export const openPalette = (kind: PaletteKind = 'all'): void => void setPalette(kind)
export const closePalette = (): void => void setPalette(null)

/** Loaded ahead, once the page is at rest. */
export const loadPalette = () => import('./Palette.tsx')
