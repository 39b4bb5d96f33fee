// Until when: the menu that `m` opens at the row or the button it acts on. A second `m` is the usual answer (S-07).

import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { createSignal, For, onCleanup, onMount, Show, untrack } from 'solid-js'
import { useLayer } from '../../data/keys.ts'
import { Kbd } from '../basic/Kbd.tsx'
import { archive, archiveChoices } from './decisions.ts'
import type { Triage } from './useTriage.ts'

export function ArchiveMenu(props: { room: Triage }) {
  useLayer()
  const [open, setOpen] = createSignal(false)
  const anchor = untrack(() => props.room.anchor())
  // Wherever the focus is by then: the menu may not have it yet.
  const again = (event: KeyboardEvent): void => {
    if (event.key !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    // The first one, held for long, is no second one.
    if (!event.repeat) props.room.answer(archive)
  }
  onMount(() => {
    addEventListener('keydown', again, { capture: true })
    setOpen(true)
  })
  onCleanup(() => removeEventListener('keydown', again, { capture: true }))
  // It also closes when another question has taken its place.
  const close = (now: boolean): void => void (!now && props.room.asked()?.kind === 'archive' && props.room.close())
  const pick = (choice: (typeof archiveChoices)[number]): void => {
    if ('ask' in choice) props.room.ask({ kind: 'number', what: choice.ask })
    else props.room.answer(choice.decide())
  }
  return (
    <DropdownMenu open={open()} onOpenChange={close} getAnchorRect={() => placeOf(anchor)} placement="bottom-start" gutter={2} modal={false}>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu" aria-label="Archive until" onCloseAutoFocus={(event) => event.preventDefault()}>
          <span class="menu-head" aria-hidden="true">Archive</span>
          <For each={archiveChoices}>
            {(choice) => (
              <DropdownMenu.Item class="menu-item" onSelect={() => pick(choice)}>
                <DropdownMenu.ItemLabel as="span">{choice.label}</DropdownMenu.ItemLabel>
                <Show when={'kbd' in choice && choice.kbd}>{(key) => <Kbd keys={key()} hidden />}</Show>
              </DropdownMenu.Item>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

/** Where the reading begins, not the whole width of a row. */
function placeOf(anchor: HTMLElement | null): { x: number; y: number; width: number; height: number } {
  const { x, y, height } = anchor?.getBoundingClientRect() ?? { x: 24, y: 80, height: 0 }
  return { x, y, width: 0, height }
}
