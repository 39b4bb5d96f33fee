// Two groupings, component by component: what both have, what only one has, and the first difference in words.

import { For, Show } from 'solid-js'
import type { Compared } from '../../../core/contract/grouping.ts'
import { Plain } from './Plain.tsx'
import { describeComponent, nameComponent } from './why.ts'

type Part = [tag: string, value: string]

export function Comparison(props: { compared: Compared; names: readonly [string, string] }) {
  const rows = () => {
    const { a, b } = props.compared
    return Array.from({ length: Math.max(a.components.length, b.components.length) }, (_, index) => ({ a: a.components[index], b: b.components[index] }))
  }
  const first = () => props.compared.difference?.index ?? -1
  return (
    <div class="comparison">
      <p class="comparison-said">
        <Show when={props.compared.difference} fallback={<b>No difference: both have one key, so they are one issue.</b>}>{(difference) => <><b>First difference:</b> <Plain text={difference().text} limit={600} />.</>}</Show>
      </p>
      <div class="comparison-scroll">
        <table>
          <thead><tr><th scope="col" class="sr-only">Part</th><For each={props.names}>{(name) => <th scope="col" class="mono">{name}</th>}</For></tr></thead>
          <tbody>
            <For each={rows()}>
              {(row, index) => (
                <tr data-first={index() === first()} data-differs={row.a?.join('\n') !== row.b?.join('\n')}>
                  <th scope="row">{nameComponent((row.a ?? row.b)![0])}<Show when={index() === first()}><span class="sr-only">, first difference</span></Show></th>
                  <Cell part={row.a} under={row.a} />
                  <Cell part={row.b} under={row.a ?? row.b} />
                </tr>
              )}
            </For>
            <Show when={props.compared.a.rule ?? props.compared.b.rule}>
              <tr><th scope="row">rule</th><For each={[props.compared.a, props.compared.b]}>{(side) => <td><Show when={side.rule} fallback={<span class="meta">none</span>}>{(rule) => <>line {rule().line}: <code><Plain text={rule().text} limit={300} /></code></>}</Show></td>}</For></tr>
            </Show>
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** A part of another kind than the row is named for says what it is. */
function Cell(props: { part: Part | undefined; under: Part | undefined }) {
  return (
    <td>
      <Show when={props.part} fallback={<span class="meta">nothing</span>}>
        {(part) => <><Show when={part()[0] !== props.under?.[0]}><span class="meta">{nameComponent(part()[0])} </span></Show><Plain text={describeComponent(part()[1])} limit={300} /></>}
      </Show>
    </td>
  )
}
