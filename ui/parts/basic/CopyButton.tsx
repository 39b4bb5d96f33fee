// Copies a text and says so, on the button and to screen readers (P-06).

import { createSignal, type JSX, onCleanup } from 'solid-js'
import { Button } from './Button.tsx'
import { copyText } from './copy.ts'

/** `label`: what the button says. `name`: its full name where several stand on a page; it must contain the label. */
export function CopyButton(props: { text: string; label?: string; name?: string; class?: string }): JSX.Element {
  const [said, setSaid] = createSignal('')
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const copy = async (): Promise<void> => {
    setSaid((await copyText(props.text)) ? 'Copied' : 'Copying was refused. Select the text instead.')
    clearTimeout(timer)
    timer = setTimeout(() => setSaid(''), 3000)
  }
  return (
    <span class={`copy ${props.class ?? ''}`}>
      <Button aria-label={props.name} onClick={() => void copy()}>
        {props.label ?? 'Copy'}
      </Button>
      <span role="status" class="copied">
        {said()}
      </span>
    </span>
  )
}
