// Which end of a stack trace is read first: kept in the browser, for every event (ui.md 2.6).

import { createSignal } from 'solid-js'
import { readStored, writeStored } from '../../data/storage.ts'

export type StackOrder = 'newest' | 'oldest'

const name = 'refold.stackOrder'
const [stackOrder, setOrder] = createSignal<StackOrder>(readStored(name) === 'oldest' ? 'oldest' : 'newest')
export { stackOrder }

export function setStackOrder(order: StackOrder): void {
  setOrder(order)
  writeStored(name, order === 'newest' ? null : order)
}
