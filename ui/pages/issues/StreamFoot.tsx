// How many issues match, how many are selected, and the keys one needs first.

import { Kbd } from '../../parts/basic/Kbd.tsx'
import { formatNumber } from '../../parts/basic/format.ts'

/** `hits` null = not known yet. */
export function StreamFoot(props: { hits: number | null; selected: number }) {
  return (
    <footer class="stream-foot">
      <span>{props.hits === null ? '' : formatNumber(props.hits, 'issue')}</span>
      <span class="sr-only" role="status">{props.selected > 0 ? `${props.selected} selected` : ''}</span>
      <span class="foot-keys" aria-hidden="true"><Kbd keys="j" /><Kbd keys="k" /> move <Kbd keys="x" /> select <Kbd keys="e" /> resolve <Kbd keys="m" /> archive <Kbd keys="/" /> search</span>
    </footer>
  )
}
