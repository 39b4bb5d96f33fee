// A value of a tag over a bar of its share; leads to the newest event that has it.

import type { EventFilter } from '../../data/eventFilter.ts'
import { formatExact } from '../../parts/basic/format.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { formatShare, shareOf } from '../../parts/basic/share.ts'
import { addressOfValue } from '../../parts/event/tagTerm.ts'

export type ValueLinkProps = { shortId: string; filter: EventFilter; generation: string | null; tag: string; value: { value: string; name: string; count: number }; total: number }

export function ValueLink(props: ValueLinkProps) {
  const share = () => shareOf(props.value.count, props.total)
  return (
    <a class="tag-value-link" href={addressOfValue(props, props.tag, props.value.value)} title={`${formatExact(props.value.count)} ${props.value.count === 1 ? 'event' : 'events'}`}>
      <span class="share-fill" style={{ width: `${(share() * 100).toFixed(2)}%` }} />
      <span class="tag-value-name"><Plain text={props.value.name === '' ? '(empty)' : props.value.name} limit={200} /></span>
      <span class="facet-share">{formatShare(share())}</span>
    </a>
  )
}
