// The events as rows, newest first: time and id, and the chosen columns. Each row is a link to its event.

import { For, Show, createEffect, on } from 'solid-js'
import type { EventRow } from '../../../core/contract/event.ts'
import { LevelGlyph } from '../../parts/basic/LevelGlyph.tsx'
import { formatTime } from '../../parts/basic/format.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { toVisible } from '../../parts/event/visible.ts'
import { cellOf } from './columns.ts'

export type EventTableProps = { rows: readonly EventRow[]; columns: readonly string[]; cursor: number | null; hrefOf: (row: EventRow) => string }

export function EventTable(props: EventTableProps) {
  let table: HTMLDivElement | undefined
  createEffect(on(() => props.cursor, (cursor) => cursor !== null && table?.querySelectorAll('[data-row]')[cursor]?.scrollIntoView({ block: 'nearest' }), { defer: true }))
  const template = () => ({ 'grid-template-columns': `148px 84px repeat(${props.columns.length}, minmax(0, 1fr))` })
  return (
    <div class="row-list event-rows" role="table" aria-label="Events" ref={(element) => (table = element)}>
      <div role="rowgroup" class="row-head">
        <div role="row" style={template()}>
          <div role="columnheader">time</div>
          <div role="columnheader">event</div>
          <For each={props.columns}>{(column) => <div role="columnheader"><Plain text={column} limit={60} /></div>}</For>
        </div>
      </div>
      <div role="rowgroup">
        <For each={props.rows}>
          {(row, index) => (
            <div role="row" class="spine" data-row data-id={row.eventID} data-level={row.level} aria-current={props.cursor === index() ? 'true' : undefined} style={template()}>
              <div role="cell" class="event-time"><LevelGlyph level={row.level} /> <time datetime={row.dateCreated} title={row.dateCreated}>{formatTime(row.dateCreated)}</time></div>
              <div role="cell"><a class="row-link mono" href={props.hrefOf(row)} title={row.eventID}>{row.eventID.slice(0, 8)}</a></div>
              <For each={props.columns}>
                {(column) => (
                  <div role="cell" data-column={column} title={toVisible(cellOf(row, column) ?? '', 400)}>
                    <Show when={cellOf(row, column)} fallback={<span class="none">–</span>}>{(text) => <Plain text={text()} limit={300} />}</Show>
                  </div>
                )}
              </For>
            </div>
          )}
        </For>
      </div>
    </div>
  )
}

/** Rows of the real height while the first page is read. */
export function SkeletonRows() {
  return <div aria-hidden="true"><For each={Array.from({ length: 12 }, (_, index) => index)}>{(index) => <div class="row-skeleton"><span class="skeleton" style={{ width: `${40 + ((index * 17) % 41)}%` }} /></div>}</For></div>
}
