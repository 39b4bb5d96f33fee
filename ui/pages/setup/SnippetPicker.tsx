// Platform, then its steps. The choice is in the URL, so a link shows the same.

import { useSearchParams } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { CopyButton } from '../../parts/basic/CopyButton.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { PlatformSelect } from '../projects/PlatformSelect.tsx'
import { closestPlatform } from '../projects/platforms.ts'
import { snippets } from './snippets.ts'

export function SnippetPicker(props: { dsn: string; platform: string | null }): JSX.Element {
  const [params, setParams] = useSearchParams<{ platform?: string }>()
  const platform = createMemo(() => closestPlatform(params.platform ?? props.platform))
  const steps = createMemo(() => snippets[platform()](props.dsn))
  return (
    <section class="section" aria-labelledby="install">
      <h2 id="install">Add it to your application</h2>
      <div class="mt-3 max-w-80">
        <Field label="Platform">{(ids) => <PlatformSelect ids={ids} value={platform()} onPick={(id) => setParams({ platform: id }, { replace: true })} />}</Field>
      </div>
      <ol class="mt-4 grid max-w-200 gap-4" role="list">
        <For each={steps()}>
          {(step, index) => (
            <li class="min-w-0">
              <div class="flex items-center justify-between gap-2 pb-1">
                <h3>
                  <span class="meta">{index() + 1}.</span> <strong>{step.title}</strong>
                  <Show when={step.file}>{(file) => <code class="meta ml-2">{file()}</code>}</Show>
                </h3>
                <CopyButton text={step.code} name={`Copy step ${index() + 1}`} />
              </div>
              <pre class="code">{step.code}</pre>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}
