// Where the lines of a change run: from the rows at the left to those at the right, wide by how many events go there.
// Pure. All rows are of one height, so that a line needs nothing of the page.

import type { Change } from '../../../core/contract/grouping.ts'

/** Height of a row, in px; grouping.css has the same. */
export const rowHeight = 60
export const width = 100
const widest = 14

export type Line = { d: string; stroke: number; events: number }

/** Lines of one change; those that go to what is not shown are left out. A line of few events is still 1.5 px. */
export function linesOf({ before, after, links }: Pick<Change, 'before' | 'after' | 'links'>): Line[] {
  const most = Math.max(1, ...links.map(({ events }) => events))
  const place = (sides: { id: string }[], id: string): number | null => {
    const index = sides.findIndex((side) => side.id === id)
    return index < 0 ? null : middle(sides.length, Math.max(before.length, after.length), index)
  }
  return links.flatMap(({ from, to, events }) => {
    const [y1, y2] = [place(before, from), place(after, to)]
    return y1 === null || y2 === null ? [] : [{ d: `M0 ${y1}C${width / 2} ${y1} ${width / 2} ${y2} ${width} ${y2}`, stroke: Math.max(1.5, Math.round((events / most) * widest)), events }]
  })
}

/** The shorter side stands in the middle of the longer one. */
const middle = (own: number, most: number, index: number): number => ((most - own) / 2 + index + 0.5) * rowHeight
