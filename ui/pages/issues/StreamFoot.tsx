// How many issues match, how many are selected, and the keys one needs first.

import { Show } from 'solid-js'
import { Kbd } from '../../parts/basic/Kbd.tsx'
import { formatExact } from '../../parts/basic/format.ts'

/** `hits` null = not known yet; `isMore`: at least so many; `everything`: all of them are selected. `readOnly`: nothing can be decided here. */
export function StreamFoot(props: { hits: number | null; isMore: boolean; selected: number; everything: boolean; readOnly: boolean }) {
  return (
    <footer class="stream-foot">
      <span>{props.hits === null ? '' : `${formatExact(props.hits)}${props.isMore ? '+' : ''} ${props.hits === 1 ? 'issue' : 'issues'}`}</span>
      <span class="sr-only" role="status">{props.selected === 0 ? '' : props.everything && props.hits !== null ? `All ${formatExact(props.hits)}${props.isMore ? '+' : ''} selected` : `${props.selected} selected`}</span>
      <span class="foot-keys" aria-hidden="true"><Kbd keys="j" /><Kbd keys="k" /> move <Kbd keys="x" /> select <Show when={!props.readOnly}><Kbd keys="e" /> resolve <Kbd keys="m" /> archive </Show><Kbd keys="/" /> search</span>
    </footer>
  )
}
