// Limits as sentences, one a line: "at most 1,000 errors per minute".

import { For, Index, type JSX, Show } from 'solid-js'
import type { Quota } from '../../../core/quota/quota.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { kindLabel, mostCount, mostQuotas, newQuota, quotaKinds } from './quotaWords.ts'
import { WindowSelect } from './WindowSelect.tsx'

export function QuotaEditor(props: { quotas: readonly Quota[]; error: string | undefined; none: string; disabled?: boolean; onChange: (quotas: Quota[]) => void }): JSX.Element {
  const put = (at: number, part: Partial<Quota>): void => props.onChange(props.quotas.map((quota, index) => (index === at ? { ...quota, ...part } : quota)))
  return (
    <div>
      <ul role="list" aria-label="Limits">
        <Index each={props.quotas} fallback={<li class="quota text-ink-2">{props.none}</li>}>
          {(quota, at) => (
            <li class="quota">
              <span>At most</span>
              <input
                class="input"
                type="number"
                inputmode="numeric"
                min="0"
                max={mostCount}
                step="1"
                required
                disabled={props.disabled}
                aria-label={`How many, limit ${at + 1}`}
                aria-invalid={props.error ? 'true' : undefined}
                value={quota().count}
                onInput={(event) => event.currentTarget.validity.valid && put(at, { count: event.currentTarget.valueAsNumber })}
              />
              <select class="input" aria-label={`Of what, limit ${at + 1}`} disabled={props.disabled} onChange={(event) => put(at, { categories: event.currentTarget.value.split(' ') as Quota['categories'] })}>
                <Show when={!quotaKinds.some(([label]) => label === kindLabel(quota().categories))}>
                  <option value={quota().categories.join(' ')} selected>{kindLabel(quota().categories)}</option>
                </Show>
                <For each={quotaKinds}>{([label, categories]) => <option value={categories.join(' ')} selected={label === kindLabel(quota().categories)}>{label}</option>}</For>
              </select>
              <span>per</span>
              <WindowSelect value={quota().window} label={`Per how long, limit ${at + 1}`} disabled={props.disabled ?? false} onPick={(window) => put(at, { window })} />
              <Show when={!props.disabled}>
                <Button kind="quiet" aria-label={`Remove limit ${at + 1}`} onClick={() => props.onChange(props.quotas.filter((_, index) => index !== at))}>Remove</Button>
              </Show>
            </li>
          )}
        </Index>
      </ul>
      <Show when={props.error}>{(text) => <p class="field-error" role="alert">{text()}</p>}</Show>
      <Show when={!props.disabled}>
        <div class="border-t border-rule pt-2">
          <Button disabled={props.quotas.length >= mostQuotas} title={props.quotas.length >= mostQuotas ? `At most ${mostQuotas} limits.` : undefined} onClick={() => props.onChange([...props.quotas, newQuota()])}>
            Add a limit
          </Button>
        </div>
      </Show>
    </div>
  )
}
