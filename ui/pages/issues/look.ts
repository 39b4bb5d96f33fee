// How rows are shown: which columns, how high. As a person last set it, kept by the browser; a saved view and the address
// may say it too, and then they are right.

import { createSignal } from 'solid-js'
import type { ViewColumn, ViewDensity } from '../../../core/contract/view.ts'
import { readStored, writeStored } from '../../data/storage.ts'
import { columns, readColumns, readDensity } from '../../data/views.ts'

export type Look = { columns: readonly ViewColumn[]; density: ViewDensity }

const atFirst: Look = { columns: columns.map(({ column }) => column), density: 'normal' }

const [usual, setUsual] = createSignal<Look>({ columns: readColumns(readStored('refold.columns')) ?? atFirst.columns, density: readDensity(readStored('refold.density')) ?? atFirst.density })
export { usual as usualLook }

export function setUsualLook(look: Look): void {
  setUsual(look)
  writeStored('refold.columns', isSameColumns(look, atFirst) ? null : look.columns.join(','))
  writeStored('refold.density', look.density === atFirst.density ? null : look.density)
}

const isSameColumns = (one: Look, other: Look): boolean => one.columns.join() === other.columns.join()

export const isSameLook = (one: Look, other: Look): boolean => isSameColumns(one, other) && one.density === other.density

/** px. A finger needs 40 (W-06). */
export function rowHeight(density: ViewDensity): number {
  return density === 'normal' ? 44 : matchMedia('(pointer: coarse)').matches ? 40 : 28
}
