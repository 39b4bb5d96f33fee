// A button that opens a short list of actions: arrows and Enter work, Esc gives the focus back (Kobalte).

import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { useLayer } from '../../data/keys.ts'

export type MenuProps<T> = {
  label: JSX.Element
  /** The full name, where the label alone does not say it; it must contain the label. */
  name?: string | undefined
  title?: string | undefined
  kind?: 'plain' | 'quiet'
  /** A list to pick from, above `children`. */
  items?: readonly T[]
  render?: (item: T) => JSX.Element
  onPick?: (item: T) => void
  children?: JSX.Element
}

export function Menu<T>(props: MenuProps<T>): JSX.Element {
  const [open, setOpen] = createSignal(false)
  return (
    <DropdownMenu open={open()} onOpenChange={setOpen} placement="bottom-start" gutter={2} modal={false}>
      <DropdownMenu.Trigger class="btn" data-kind={props.kind ?? 'plain'} aria-label={props.name} title={props.title}>
        <span class="max-w-40 truncate">{props.label}</span>
        <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
          <path d="M2 4l4 4 4-4" fill="none" stroke="currentColor" stroke-width="1.6" />
        </svg>
      </DropdownMenu.Trigger>
      <Show when={open()}>
        <Layer />
      </Show>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu">
          <For each={props.items}>{(item) => <MenuItem onSelect={() => props.onPick?.(item)}>{props.render?.(item)}</MenuItem>}</For>
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

export function MenuItem(props: { onSelect: () => void; children: JSX.Element }): JSX.Element {
  return (
    <DropdownMenu.Item class="menu-item" onSelect={() => props.onSelect()}>
      {props.children}
    </DropdownMenu.Item>
  )
}

function Layer(): JSX.Element {
  useLayer()
  return null
}
