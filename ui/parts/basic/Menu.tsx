// A button that opens a short list of actions. The list is a widget that comes later (widgets.ts): until then the button
// stands there by itself, and a press on it opens the list as soon as it can be.

import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { whenIdle } from '../../data/idle.ts'
import { Kbd } from './Kbd.tsx'
import { loadWidgets, widgets } from './widgets.ts'

export type MenuProps<T = unknown> = {
  label: JSX.Element
  /** The full name, where the label alone does not say it; it must contain the label. */
  name?: string | undefined
  title?: string | undefined
  kind?: 'plain' | 'primary' | 'quiet'
  kbd?: string | undefined
  class?: string | undefined
  /** Opened from elsewhere, by a key; both or neither. */
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  /** A list to pick from, above `children`. */
  items?: readonly T[]
  render?: (item: T) => JSX.Element
  onPick?: (item: T) => void
  children?: JSX.Element
}
/** How the plain button was left when the menu took its place. */
export type Handover = { open: boolean; focused: boolean }

export function Menu<T>(props: MenuProps<T>): JSX.Element {
  let left: Handover = { open: false, focused: false }
  onMount(() => onCleanup(whenIdle(loadWidgets)))
  return (
    <Show when={widgets()} fallback={<Waiting {...(props as MenuProps)} onLeave={(how) => (left = how)} />}>
      {(loaded) => <Dynamic component={loaded().MenuWidget} {...(props as MenuProps)} handover={left} />}
    </Show>
  )
}

function Waiting(props: MenuProps & { onLeave: (how: Handover) => void }): JSX.Element {
  const [asked, setAsked] = createSignal(false)
  let button: HTMLButtonElement | undefined
  onCleanup(() => props.onLeave({ open: asked() || props.open === true, focused: document.activeElement === button }))
  const ask = (): void => {
    setAsked(true)
    loadWidgets()
  }
  return (
    <button type="button" ref={(element) => (button = element)} class={`btn ${props.class ?? ''}`} data-kind={props.kind ?? 'plain'} aria-label={props.name} title={props.title} aria-haspopup="true" aria-expanded={asked()} onClick={ask} onPointerEnter={loadWidgets}>
      <MenuLabel {...props} />
    </button>
  )
}

/** What stands in the button, before and after. */
export function MenuLabel(props: Pick<MenuProps, 'label' | 'kbd'>): JSX.Element {
  return (
    <>
      <span class="max-w-40 truncate">{props.label}</span>
      <Show when={props.kbd}>{(key) => <Kbd keys={key()} hidden />}</Show>
      <svg class="menu-arrow" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        <path d="M2 4l4 4 4-4" fill="none" stroke="currentColor" stroke-width="1.6" />
      </svg>
    </>
  )
}

/** `disabled` items are read out and do nothing. `kbd` only shows the key. */
export type MenuItemProps = { onSelect: () => void; kbd?: string | undefined; disabled?: boolean | undefined; kind?: 'plain' | 'danger'; children: JSX.Element }

export const MenuItem = (props: MenuItemProps): JSX.Element => <Show when={widgets()}>{(loaded) => <Dynamic component={loaded().ItemWidget} {...props} />}</Show>

/** One of several, under a heading. `closes`: with a pick the menu is done. */
export type MenuChoiceProps = { label: string; closes?: boolean; value: string; options: readonly { value: string; label: string }[]; onPick: (value: string) => void }

export const MenuChoice = (props: MenuChoiceProps): JSX.Element => <Show when={widgets()}>{(loaded) => <Dynamic component={loaded().ChoiceWidget} {...props} />}</Show>

/** Any number of several, under a heading; the menu stays open. */
export type MenuChecksProps = { label: string; values: readonly string[]; options: readonly { value: string; label: string }[]; onPick: (values: string[]) => void }

export const MenuChecks = (props: MenuChecksProps): JSX.Element => <Show when={widgets()}>{(loaded) => <Dynamic component={loaded().ChecksWidget} {...props} />}</Show>

export const MenuRule = (): JSX.Element => <Show when={widgets()}>{(loaded) => <Dynamic component={loaded().RuleWidget} />}</Show>
