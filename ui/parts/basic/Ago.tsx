// How long ago something was; local and UTC time in the title.

import type { JSX } from 'solid-js'
import { now } from './clock.ts'
import { formatAgo, formatTime, withAgo } from './format.ts'

/** `time` as ISO 8601. `words`: "3m ago" instead of "3m", for prose. */
export function Ago(props: { time: string; words?: boolean; class?: string }): JSX.Element {
  const text = (): string => formatAgo(Date.parse(props.time), now())
  return (
    <time class={props.class} dateTime={props.time} title={`${formatTime(props.time)} (${props.time})`}>
      {props.words ? withAgo(text()) : text()}
    </time>
  )
}
