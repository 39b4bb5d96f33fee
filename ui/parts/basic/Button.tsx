// The button of ui.md 3: bordered, or solid ink for the one primary action; its key stands inside.

import { type JSX, Show, splitProps } from 'solid-js'
import { Kbd } from './Kbd.tsx'

type Own = { kind?: 'plain' | 'primary' | 'danger' | 'quiet'; kbd?: string | undefined; pressed?: boolean | undefined }
export type ButtonProps = Own & Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'classList'> & { class?: string | undefined }

/** `kbd` only shows the key; useShortcuts makes it work. `pressed` makes it a toggle. */
export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['kind', 'kbd', 'pressed', 'class', 'children'])
  return (
    <button type="button" class={`btn ${own.class ?? ''}`} data-kind={own.kind ?? 'plain'} aria-pressed={own.pressed} {...rest}>
      {own.children}
      <Show when={own.kbd}>{(key) => <Kbd keys={key()} hidden />}</Show>
    </button>
  )
}
