// The menu itself: arrows, letters and Enter work, Esc gives the focus back (Kobalte). Loaded by widgets.ts.

import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { createSignal, For, type JSX, onMount, Show, Suspense } from 'solid-js'
import { useLayer } from '../../data/keys.ts'
import { Kbd } from './Kbd.tsx'
import { type Handover, type MenuChecksProps, type MenuChoiceProps, type MenuItemProps, MenuLabel, type MenuProps } from './Menu.tsx'

export function MenuWidget(props: MenuProps & { handover: Handover }): JSX.Element {
  const [own, setOwn] = createSignal(false)
  const isOpen = (): boolean => props.open ?? own()
  let trigger: HTMLElement | undefined
  // After the mount: the list stands beside the button, which must have a place by then.
  onMount(() => {
    if (props.handover.focused) trigger?.focus()
    if (props.handover.open && props.open === undefined) queueMicrotask(() => setOwn(true))
  })
  const change = (open: boolean): void => {
    setOwn(open)
    props.onOpenChange?.(open)
  }
  // Kobalte's types know no attribute that is undefined.
  const named = (): { 'aria-label'?: string; title?: string } => ({ ...(props.name === undefined ? {} : { 'aria-label': props.name }), ...(props.title === undefined ? {} : { title: props.title }) })
  return (
    <DropdownMenu open={isOpen()} onOpenChange={change} placement="bottom-start" gutter={2} modal={false}>
      <DropdownMenu.Trigger ref={(element) => (trigger = element)} class={`btn ${props.class ?? ''}`} data-kind={props.kind ?? 'plain'} {...named()}>
        <MenuLabel {...props} />
      </DropdownMenu.Trigger>
      <Show when={isOpen()}>
        <Layer />
      </Show>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu">
          <For each={props.items}>{(item) => <ItemWidget onSelect={() => props.onPick?.(item)}>{props.render?.(item)}</ItemWidget>}</For>
          {/* What it asks the server for must not make the page behind it wait, which would lose its place (ui.md pitfall 2). */}
          <Suspense>{props.children}</Suspense>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

export function ItemWidget(props: MenuItemProps): JSX.Element {
  return (
    <DropdownMenu.Item class="menu-item" data-kind={props.kind} disabled={props.disabled === true} onSelect={() => props.onSelect()}>
      <DropdownMenu.ItemLabel as="span">{props.children}</DropdownMenu.ItemLabel>
      <Show when={props.kbd}>{(key) => <Kbd keys={key()} hidden />}</Show>
    </DropdownMenu.Item>
  )
}

export function ChoiceWidget(props: MenuChoiceProps): JSX.Element {
  return (
    <DropdownMenu.Group>
      <DropdownMenu.GroupLabel class="menu-head">{props.label}</DropdownMenu.GroupLabel>
      <DropdownMenu.RadioGroup value={props.value} onChange={(value) => props.onPick(value)}>
        <For each={props.options}>
          {(option) => (
            <DropdownMenu.RadioItem class="menu-item" value={option.value} closeOnSelect={props.closes === true}>
              <DropdownMenu.ItemLabel as="span">{option.label}</DropdownMenu.ItemLabel>
              <DropdownMenu.ItemIndicator as="span" aria-hidden="true">✓</DropdownMenu.ItemIndicator>
            </DropdownMenu.RadioItem>
          )}
        </For>
      </DropdownMenu.RadioGroup>
    </DropdownMenu.Group>
  )
}

export function ChecksWidget(props: MenuChecksProps): JSX.Element {
  const turn = (value: string, on: boolean): void => props.onPick(on ? [...props.values, value] : props.values.filter((one) => one !== value))
  return (
    <DropdownMenu.Group>
      <DropdownMenu.GroupLabel class="menu-head">{props.label}</DropdownMenu.GroupLabel>
      {/* By value: an item that were made anew when one is turned would lose the focus. */}
      <For each={props.options.map(({ value }) => value)}>
        {(value) => (
          <DropdownMenu.CheckboxItem class="menu-item" closeOnSelect={false} checked={props.values.includes(value)} onChange={(on) => turn(value, on)}>
            <DropdownMenu.ItemLabel as="span">{props.options.find((option) => option.value === value)?.label}</DropdownMenu.ItemLabel>
            <DropdownMenu.ItemIndicator as="span" aria-hidden="true">✓</DropdownMenu.ItemIndicator>
          </DropdownMenu.CheckboxItem>
        )}
      </For>
    </DropdownMenu.Group>
  )
}

export const RuleWidget = (): JSX.Element => <DropdownMenu.Separator class="menu-rule" />

function Layer(): JSX.Element {
  useLayer()
  return null
}
