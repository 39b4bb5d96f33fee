// Where releases stand on a time line, and which of them have room for their name. Pure.

import { formatTime } from '../basic/format.ts'
import { toVisible } from '../event/visible.ts'
import { placeOf, type Series } from './bars.ts'

/** `isFirst`: the issue was first seen in it. */
export type Release = { version: string; date: string; isFirst: boolean }
/** `label` null = no room; the title always says it all. */
export type Flag = { place: number; label: string | null; title: string; isFirst: boolean }

/** More lines than this hide the bars: the newest stay. */
const most = 20
const longest = 14
/** What a letter of a label takes, as a part of a chart of about 700 px. */
const letter = 0.0095

export function layoutFlags(releases: readonly Release[], series: Series): Flag[] {
  const inside = releases.flatMap((release) => {
    const place = placeOf(series, Date.parse(release.date) / 1000)
    return place === null ? [] : [{ ...release, place }]
  })
  const shown = inside.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst) || b.place - a.place).slice(0, most)
  const taken: [number, number][] = []
  const flags = shown.map(({ version, date, place, isFirst }): Flag => {
    const text = shorten(version)
    const width = (text.length + 2) * letter
    const [from, to] = place > 0.85 ? [place - width, place] : [place, place + width]
    const fits = taken.every((one) => to < one[0] || from > one[1])
    if (fits) taken.push([from, to])
    return { place, isFirst, label: fits ? text : null, title: `${toVisible(version, 250)}, ${isFirst ? 'in which this issue was first seen, ' : ''}released ${formatTime(date)}` }
  })
  return flags.toSorted((a, b) => a.place - b.place)
}

/** `shop@2.4.1` -> `2.4.1`; a long hash loses its end. */
function shorten(version: string): string {
  const text = toVisible(version.slice(version.lastIndexOf('@') + 1) || version, 200)
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
