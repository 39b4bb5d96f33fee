// Who did what: every decision that people and programs have made, newest first. Filters are in the address.

import { useSearchParams } from '@solidjs/router'
import { useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { createMemo, For, type JSX, Show } from 'solid-js'
import type { AuditLog } from '../../../core/contract/audit.ts'
import type { Member } from '../../../core/contract/member.ts'
import { get, read } from '../../data/api.ts'
import { may, org, orgPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { AuditTable } from './AuditTable.tsx'
import { eventKinds, eventLabel } from './auditWords.ts'
import { SettingsFrame } from './SettingsFrame.tsx'

type Page = { log: AuditLog; next: string | null }

export function AuditPage(): JSX.Element {
  const [params, setParams] = useSearchParams<{ event?: string; actor?: string }>()
  const mayRead = (): boolean => may('org:write')
  const log = useInfiniteQuery(() => ({
    queryKey: ['audit', params.event ?? '', params.actor ?? ''],
    queryFn: async ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }): Promise<Page> => {
      const { body, next } = await get<AuditLog>(orgPath('audit-logs/'), { query: { event: params.event || null, actor: params.actor || null, cursor: pageParam, per_page: 50 }, signal })
      return { log: body, next }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page) => last.next,
    enabled: org() !== null && mayRead(),
    staleTime: 0,
  }))
  const members = useQuery(() => ({ queryKey: ['members'], queryFn: () => read<Member[]>(orgPath('members/')), enabled: org() !== null && mayRead() }))
  const people = createMemo(() => (members.isPending ? [] : (members.data ?? []).filter(({ pending }) => !pending)))
  const rows = createMemo(() => (log.isPending ? [] : (log.data?.pages ?? []).flatMap((page) => page.log.rows)))
  const options = createMemo(() => (log.isPending ? [] : (log.data?.pages[0]?.log.options ?? [])))
  const kinds = createMemo(() => eventKinds(options()))
  const isFiltered = (): boolean => Boolean(params.event || params.actor)
  const clear = (): void => setParams({ event: null, actor: null }, { replace: true })

  return (
    <SettingsFrame title="Audit log">
      <Show when={mayRead()} fallback={<p class="empty">Managers and owners can read who did what.</p>}>
        <div class="flex flex-wrap items-center gap-2 border-b border-rule px-4 py-2">
          <select class="input w-auto!" aria-label="What was done" onChange={(event) => setParams({ event: event.currentTarget.value || null }, { replace: true })}>
            <option value="" selected={!params.event}>Everything</option>
            <For each={kinds()}>
              {(kind) => (
                <optgroup label={kind.label}>
                  <option value={kind.name} selected={params.event === kind.name}>{kind.label}: all</option>
                  <For each={kind.events}>{(name) => <option value={name} selected={params.event === name}>{eventLabel(name)}</option>}</For>
                </optgroup>
              )}
            </For>
          </select>
          <select class="input w-auto!" aria-label="By whom" onChange={(event) => setParams({ actor: event.currentTarget.value || null }, { replace: true })}>
            <option value="" selected={!params.actor}>Everybody</option>
            <For each={people()}>{(person) => <option value={person.id} selected={params.actor === person.id}>{person.name}</option>}</For>
          </select>
          <Show when={isFiltered()}>
            <Button kind="quiet" onClick={clear}>Clear</Button>
          </Show>
        </div>
        <Region
          query={log}
          isEmpty={rows().length === 0}
          empty={
            <div class="empty">
              <p>{isFiltered() ? 'Nothing was decided that matches.' : 'Nothing was decided yet.'}</p>
              <Show when={isFiltered()}><Button onClick={clear}>Clear the filter</Button></Show>
            </div>
          }
          skeleton={<div class="h-96" />}
        >
          <AuditTable rows={rows()} />
          <div class="flex items-center gap-3 px-4 py-3">
            <Show when={log.hasNextPage} fallback={<span class="meta">That is all.</span>}>
              <Button disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>Show older</Button>
            </Show>
            <span class="meta" role="status">{rows().length} shown</span>
          </div>
        </Region>
      </Show>
    </SettingsFrame>
  )
}
