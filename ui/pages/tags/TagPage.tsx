// The values of one tag of an issue: how often, since when and until when, a page at a time (V-02). All of them as a table
// for a spreadsheet.

import './tags.css'
import { useNavigate, useParams } from '@solidjs/router'
import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import type { Issue, TagFacet } from '../../../core/contract/issue.ts'
import type { TagValue } from '../../../core/contract/tag.ts'
import { ApiFailure, get, read } from '../../data/api.ts'
import { issueAddress } from '../../data/eventFilter.ts'
import { org, orgPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { SearchText } from '../../parts/basic/SearchText.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { addressOfValue } from '../../parts/event/tagTerm.ts'
import { toVisible } from '../../parts/event/visible.ts'
import { IssueSubpage, useIssueAddress } from '../issue/IssueSubpage.tsx'
import { Pager } from '../issue/Pager.tsx'
import { useRowKeys } from '../issue/rowKeys.ts'
import { ValueTable } from './ValueTable.tsx'
import { saveValues } from './csv.ts'
import { readValueList, type ValueList, writeValueList } from './valueList.ts'

const pageSize = 50
type ValuePage = { rows: TagValue[]; previous: string | null; next: string | null }

export function TagPage() {
  const params = useParams<{ key: string }>()
  const key = () => readKey(params.key)
  return <IssueSubpage part="tags" title={key()}>{(issue) => <Values issue={issue} tag={key()} />}</IssueSubpage>
}

function Values(props: { issue: Issue; tag: string }) {
  const navigate = useNavigate()
  const { shortId, filter, generation, search } = useIssueAddress()
  const path = () => `issues/${props.issue.id}/tags/${encodeURIComponent(props.tag)}/`
  const list = () => readValueList(search())
  const address = (next: ValueList) => issueAddress(shortId(), `tags/${encodeURIComponent(props.tag)}`, filter(), generation(), writeValueList(next))
  const facet = useQuery(() => ({
    queryKey: ['issue-tag', props.issue.id, props.tag, generation()],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<TagFacet>(orgPath(path()), { query: { generation: generation() }, signal }),
    enabled: org() !== null,
    reconcile: false as const,
  }))
  const values = useQuery(() => ({
    queryKey: ['issue-tag-values', props.issue.id, props.tag, list(), generation()],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ValuePage> => {
      const { body, previous, next } = await get<TagValue[]>(orgPath(`${path()}values/`), { query: { sort: list().sort, query: list().text || null, cursor: list().cursor, per_page: pageSize, generation: generation() }, signal })
      return { rows: body, previous, next }
    },
    enabled: org() !== null,
    reconcile: false as const,
    placeholderData: keepPreviousData,
  }))
  const whole = (): TagFacet | null => (facet.isPending || facet.isError ? null : facet.data ?? null)
  const page = (): ValuePage | null => (values.isPending ? null : values.data ?? null)
  const rows = () => page()?.rows ?? []
  const isMissing = () => facet.error instanceof ApiFailure && facet.error.status === 404
  const hrefOf = (row: TagValue) => addressOfValue({ shortId: shortId(), filter: filter(), generation: generation() }, props.tag, row.value)
  const change = (next: ValueList) => navigate(address(next), { replace: true, scroll: false })
  const at = useRowKeys({ list: () => JSON.stringify(list()), count: () => rows().length, name: 'value', open: (index) => navigate(hrefOf(rows()[index]!)) })
  const words = () => (list().sort === 'date' ? ['Seen later', 'Seen earlier'] : ['More frequent', 'Less frequent']) as [string, string]
  return (
    <>
      <div class="subpage-tools">
        <SearchText label={`Search the values of ${toVisible(props.tag, 60)}`} placeholder="part of a value" query={list().text} error={null} onSearch={(text) => change({ ...list(), text, cursor: null })} />
        <Button onClick={() => void saveValues(shortId(), props.tag, orgPath(`${path()}values/`), { sort: list().sort, query: list().text || null, generation: generation() })}>Download CSV</Button>
      </div>
      <p class="subpage-note"><Show when={whole()} fallback={isMissing() ? 'No event of this issue has this tag.' : '…'}>{(one) => <>{formatNumber(one().uniqueValues, 'value')} in {formatNumber(one().totalValues, 'event')}; <a class="link" href={issueAddress(shortId(), 'tags', filter(), generation())}>all tags</a></>}</Show></p>
      <Region query={values} skeleton={<div class="row-skeleton"><span class="skeleton w-1/2" /></div>} isEmpty={rows().length === 0} empty={
        <div class="empty">
          <h2>No value</h2>
          <p>{list().text === '' ? 'No event of this issue has this tag.' : `No value of this tag has “${toVisible(list().text, 100)}” in it.`}</p>
          <Show when={list().text !== ''} fallback={<a class="btn" href={issueAddress(shortId(), 'tags', filter(), generation())}>All tags</a>}><a class="btn" href={address({ ...list(), text: '', cursor: null })}>Clear</a></Show>
        </div>
      }>
        <ValueTable rows={rows()} total={whole()?.totalValues ?? 0} sort={list().sort} cursor={at()} hrefOf={hrefOf} sortHref={(sort) => address({ ...list(), sort, cursor: null })} />
        <Pager words={words()} previous={page()!.previous === null ? null : address({ ...list(), cursor: page()!.previous })} next={page()!.next === null ? null : address({ ...list(), cursor: page()!.next })} count={rows().length} one="value" />
      </Region>
    </>
  )
}

/** An address that was cut has half a sign at its end. */
function readKey(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
