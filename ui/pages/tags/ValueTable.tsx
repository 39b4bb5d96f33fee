// The values of a tag as rows, each a link to the newest event that has it.

import { For, createEffect, on } from 'solid-js'
import type { TagValue } from '../../../core/contract/tag.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { formatShare, shareOf } from '../../parts/basic/share.ts'
import type { ValueSort } from './valueList.ts'

/** `total`: events with this tag, 0 = not known yet. */
export type ValueTableProps = { rows: readonly TagValue[]; total: number; sort: ValueSort; cursor: number | null; hrefOf: (row: TagValue) => string; sortHref: (sort: ValueSort) => string }

export function ValueTable(props: ValueTableProps) {
  let table: HTMLDivElement | undefined
  createEffect(on(() => props.cursor, (cursor) => cursor !== null && table?.querySelectorAll('[data-row]')[cursor]?.scrollIntoView({ block: 'nearest' }), { defer: true }))
  const ordered = (sort: ValueSort) => (props.sort === sort ? 'descending' as const : 'none' as const)
  return (
    <div class="row-list value-rows" role="table" aria-label="Values" ref={(element) => (table = element)}>
      <div role="rowgroup" class="row-head">
        <div role="row">
          <div role="columnheader">value</div>
          <div role="columnheader" class="num" aria-sort={ordered('count')}><a class="sort-link" href={props.sortHref('count')}>events</a></div>
          <div role="columnheader" class="num">share</div>
          <div role="columnheader" class="num cell-first">first seen</div>
          <div role="columnheader" class="num" aria-sort={ordered('date')}><a class="sort-link" href={props.sortHref('date')}>last seen</a></div>
        </div>
      </div>
      <div role="rowgroup">
        <For each={props.rows}>
          {(row, index) => (
            <div role="row" data-row data-id={row.value} aria-current={props.cursor === index() ? 'true' : undefined}>
              <div role="cell" class="value-cell"><span class="share-fill" style={{ width: `${(shareOf(row.count, props.total) * 100).toFixed(2)}%` }} /><a class="row-link" href={props.hrefOf(row)}><Plain text={row.name === '' ? '(empty)' : row.name} limit={300} /></a></div>
              <div role="cell" class="num" title={formatExact(row.count)}>{formatCount(row.count)}</div>
              <div role="cell" class="num">{props.total === 0 ? '…' : formatShare(shareOf(row.count, props.total))}</div>
              <div role="cell" class="num cell-first"><Ago time={row.firstSeen} words /></div>
              <div role="cell" class="num"><Ago time={row.lastSeen} words /></div>
            </div>
          )}
        </For>
      </div>
    </div>
  )
}
