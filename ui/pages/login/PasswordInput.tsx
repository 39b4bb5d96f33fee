// A password field that can be read while typing. Paste and password managers work (WCAG 3.3.8).

import { createSignal, type JSX } from 'solid-js'
import { Button } from '../../parts/basic/Button.tsx'
import type { FieldIds } from '../../parts/basic/Field.tsx'

export function PasswordInput(props: { ids: FieldIds; autocomplete: 'current-password' | 'new-password'; ref?: (element: HTMLInputElement) => void }): JSX.Element {
  const [visible, setVisible] = createSignal(false)
  return (
    <div class="flex gap-2">
      <input {...props.ids} ref={(element) => props.ref?.(element)} class="input" type={visible() ? 'text' : 'password'} name="password" autocomplete={props.autocomplete} required maxLength={1024} spellcheck={false} />
      <Button pressed={visible()} aria-label="Show password" onClick={() => setVisible(!visible())}>
        Show
      </Button>
    </div>
  )
}
