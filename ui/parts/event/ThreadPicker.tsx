// Chooses the thread whose stack is shown.

import { For } from 'solid-js'
import type { Thread } from '../../../core/contract/event.ts'
import { toVisible } from './visible.ts'

export function ThreadPicker(props: { threads: Thread[]; shown: Thread | null; onPick: (thread: Thread) => void }) {
  return (
    <label class="threads">
      Thread{' '}
      <select class="btn" onChange={(event) => props.onPick(props.threads[event.currentTarget.selectedIndex]!)}>
        <For each={props.threads}>{(thread) => <option selected={thread === props.shown}>{nameThread(thread)}</option>}</For>
      </select>
    </label>
  )
}

function nameThread(thread: Thread): string {
  const marks = [thread.crashed ? 'crashed' : null, thread.current && !thread.crashed ? 'current' : null, thread.state, thread.stacktrace === null ? 'no stack' : null]
  const words = marks.filter((mark) => mark !== null).join(', ')
  return toVisible(`${thread.name ?? 'unnamed'} (${thread.id ?? '?'})${words === '' ? '' : `: ${words}`}`, 120)
}
