// How the app looks and is worked with. Kept by this browser, at once: there is nothing to save.

import { For, type JSX } from 'solid-js'
import type { ViewDensity } from '../../../core/contract/view.ts'
import { setSingleKeys, singleKeys } from '../../data/keys.ts'
import { setTheme, type Theme, theme } from '../../data/theme.ts'
import { setStackOrder, type StackOrder, stackOrder } from '../../parts/event/stackOrder.ts'
import { setUsualLook, usualLook } from '../issues/look.ts'
import { SwitchField } from './fields.tsx'

const themeWords: readonly [Theme, string][] = [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']]
const densityWords: readonly [ViewDensity, string][] = [['normal', 'Two lines an issue'], ['compact', 'One line an issue']]
const orderWords: readonly [StackOrder, string][] = [['newest', 'Most recent call first'], ['oldest', 'Most recent call last']]

export function Preferences(): JSX.Element {
  return (
    <section class="section grid gap-4" aria-labelledby="looks">
      <div>
        <h2 id="looks">Appearance and keyboard</h2>
        <p class="mt-1 text-ink-2">For this browser, at once.</p>
      </div>
      <Choice name="theme" label="Theme" value={theme()} options={themeWords} onPick={setTheme} />
      <Choice name="density" label="Rows of the stream" value={usualLook().density} options={densityWords} onPick={(density) => setUsualLook({ ...usualLook(), density })} />
      <Choice name="order" label="Stack traces" value={stackOrder()} options={orderWords} onPick={setStackOrder} />
      <SwitchField label="Single-key shortcuts" hint="j, k, e and the like. The key ? lists them; Ctrl or ⌘ with K works in any case." on={singleKeys()} onChange={setSingleKeys} />
      <p class="text-ink-2">Times are those of this browser, on a 24-hour clock; pointing at one shows it in full.</p>
    </section>
  )
}

function Choice<T extends string>(props: { name: string; label: string; value: T; options: readonly (readonly [T, string])[]; onPick: (value: T) => void }): JSX.Element {
  return (
    <fieldset>
      <legend class="legend mb-1">{props.label}</legend>
      <div class="flex flex-wrap gap-x-4">
        <For each={props.options}>
          {([value, label]) => (
            <label class="flex min-h-6 items-center gap-2">
              <input class="check" type="radio" name={props.name} checked={props.value === value} onChange={() => props.onPick(value)} />
              {label}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}
