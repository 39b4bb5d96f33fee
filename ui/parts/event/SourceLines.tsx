// The source around a frame's line. The failing line is marked by colour, by ▶ and by aria-current; the gutter is not
// selectable, so copied code is code.

import { For, Show, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import type { Frame } from '../../../core/contract/event.ts'
import { Plain } from './Plain.tsx'
import { type Token, highlightLines } from './highlight.ts'

/** Longest line shown: one minified bundle line would be the whole page. */
const longestLine = 1000

export function SourceLines(props: { frame: Frame; platform: string; label: string }) {
  const lines = createMemo(() => withoutIndent(props.frame.context))
  const [tokens, setTokens] = createSignal<Token[][] | null>(null)
  createEffect(() => {
    let gone = false
    onCleanup(() => (gone = true))
    const texts = lines().map(([, text]) => text.slice(0, longestLine))
    void highlightLines(texts, props.platform, props.frame.filename).then((found) => !gone && found?.length === texts.length && setTokens(found))
  })
  return (
    <Show when={lines().length > 0} fallback={<p class="no-source"><Plain text={reasonOf(props.frame)} limit={1000} /></p>}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
      <div class="source" role="group" aria-label={props.label} tabindex="0">
        <ol role="list">
          <For each={lines()}>
            {([number, text], index) => (
              <li aria-current={number === props.frame.lineNo ? 'true' : undefined}>
                <span class="line-number">{number}</span>
                <code>
                  <Show when={tokens()?.[index()]} fallback={<Plain text={text} limit={longestLine} />}>
                    {(line) => <For each={line()}>{(token) => <span class={token.kind === null ? undefined : `token-${token.kind}`}><Plain text={token.text} /></span>}</For>}
                  </Show>
                </code>
              </li>
            )}
          </For>
        </ol>
      </div>
    </Show>
  )
}

/** The server knows why; an SDK that sent nothing left no reason. */
function reasonOf(frame: Frame): string {
  return frame.errors.length > 0 ? frame.errors.join(' ') : 'No source: the SDK sent none for this frame.'
}

/* Deeply nested code would otherwise begin in the middle of a phone. */
function withoutIndent(context: Frame['context']): Frame['context'] {
  const indents = context.flatMap(([, text]) => text.trim() === '' ? [] : [/^[ \t]*/.exec(text)![0].length])
  const cut = Math.min(...indents)
  return Number.isFinite(cut) && cut > 0 ? context.map(([number, text]) => [number, text.slice(cut)]) : context
}
