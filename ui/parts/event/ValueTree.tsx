// A value of an event, typed by colour and shape: scalars as they are, objects and arrays as one line that opens. Children
// are built when opened; depth and number are capped, because an attacker chooses both (D-16).

import { For, Match, Show, Switch, createSignal, untrack } from 'solid-js'
import { CopyValue } from './CopyValue.tsx'
import { LongText } from './LongText.tsx'
import { Plain } from './Plain.tsx'
import { deepest, kindOf, listChildren, mostChildren, previewOf } from './value.ts'

const longestValue = 400

/** `open`: at first. `bare`: strings without quotes, for values that the SDK already printed (Python's `repr`). */
type ValueProps = { value: unknown; bare?: boolean; depth?: number; open?: boolean }

export function ValueTree(props: ValueProps) {
  const [open, setOpen] = createSignal(untrack(() => props.open ?? false))
  const isBranch = () => typeof props.value === 'object' && props.value !== null && listChildren(props.value, 0).total > 0
  const depth = () => props.depth ?? 0
  return (
    <Show when={isBranch() && depth() < deepest} fallback={<Scalar value={props.value} bare={props.bare ?? false} />}>
      <details class="tree" open={open()} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary><Plain text={previewOf(props.value)} /></summary>
        <Show when={open()}><Branch value={props.value} bare={props.bare ?? false} depth={depth() + 1} /></Show>
      </details>
    </Show>
  )
}

function Scalar(props: { value: unknown; bare: boolean }) {
  return (
    <Switch fallback={<span class="value"><Plain text={previewOf(props.value)} /></span>}>
      <Match when={typeof props.value === 'string' && props.bare}><span class="value"><LongText text={String(props.value)} longest={longestValue} /></span></Match>
      <Match when={typeof props.value === 'string'}><span class="value value-string">"<LongText text={String(props.value)} longest={longestValue} />"</span></Match>
      <Match when={kindOf(props.value) === 'number'}><span class="value value-number">{String(props.value)}</span></Match>
      <Match when={kindOf(props.value) === 'keyword'}><span class="value value-keyword">{String(props.value)}</span></Match>
    </Switch>
  )
}

function Branch(props: { value: unknown; bare: boolean; depth: number }) {
  const [limit, setLimit] = createSignal(mostChildren)
  const children = () => listChildren(props.value, limit())
  return (
    <>
      <dl class="pairs pairs-nested">
        <For each={children().entries}>
          {([name, value]) => <Pair name={name} value={value} bare={props.bare} depth={props.depth} />}
        </For>
      </dl>
      <Show when={children().total > limit()}>
        <button type="button" class="more" onClick={() => setLimit((now) => now + 500)}>show {Math.min(500, children().total - limit())} more of {children().total}</button>
      </Show>
    </>
  )
}

function Pair(props: { name: string; value: unknown; bare: boolean; depth: number }) {
  return (
    <div class="pair">
      <dt><Plain text={props.name} limit={200} /></dt>
      <dd><ValueTree value={props.value} bare={props.bare} depth={props.depth} /><CopyValue name={props.name} value={props.value} /></dd>
    </div>
  )
}

/** Names and values under each other: variables, contexts, headers, tags. */
export function Pairs(props: { entries: readonly (readonly [string, unknown])[]; bare?: boolean }) {
  return (
    <dl class="pairs">
      <For each={props.entries}>{(entry) => <Pair name={entry[0]} value={entry[1]} bare={props.bare ?? false} depth={0} />}</For>
    </dl>
  )
}
