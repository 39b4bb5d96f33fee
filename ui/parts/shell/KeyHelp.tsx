// The `?` list: whatever the registry holds on this page, the page's own first.

import { createMemo, For, type JSX } from 'solid-js'
import { setSingleKeys, shortcuts, singleKeys } from '../../data/keys.ts'
import { Button } from '../basic/Button.tsx'
import { Dialog } from '../basic/Dialog.tsx'
import { Kbd } from '../basic/Kbd.tsx'

export function KeyHelp(props: { open: boolean; onClose: () => void }): JSX.Element {
  const keyed = createMemo(() => shortcuts().filter((one) => one.keys.length > 0))
  const own = createMemo(() => keyed().filter((one) => !one.everywhere))
  const listed = createMemo(() => [...own(), ...keyed().filter((one) => one.everywhere)])
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Keyboard" description={own().length > 0 ? 'Works on the row with the cursor, or on every selected row.' : undefined} wide>
      <dl class="mt-3 grid gap-x-8 sm:grid-cols-2">
        <For each={listed()}>
          {(shortcut) => (
            <div class="flex min-h-[1.6875rem] items-center justify-between border-b border-rule" data-shortcut>
              <dt>{shortcut.label}</dt>
              <dd class="flex gap-1">
                <For each={shortcut.keys}>{(keys) => <Kbd keys={keys} />}</For>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <label class="mt-4 flex min-h-6 items-center gap-2">
        <input type="checkbox" class="check" checked={singleKeys()} onChange={(event) => setSingleKeys(event.currentTarget.checked)} />
        Single-key shortcuts
      </label>
      <div class="dialog-actions">
        <Button onClick={() => props.onClose()}>Close</Button>
      </div>
    </Dialog>
  )
}
