// "Waiting for the first event": the DSN, what to paste, and what has arrived so far (ui.md 2.8).

import { useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createEffect, createMemo, type JSX, Show } from 'solid-js'
import { keysQuery, projectQuery } from '../../data/queries.ts'
import { setProject } from '../../data/session.ts'
import { CopyButton } from '../../parts/basic/CopyButton.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { LiveBox } from './LiveBox.tsx'
import { SnippetPicker } from './SnippetPicker.tsx'

export function SetupPage(): JSX.Element {
  const params = useParams<{ project: string }>()
  const project = useQuery(() => projectQuery(params.project))
  const keys = useQuery(() => keysQuery(params.project))
  const name = createMemo(() => (project.isPending ? undefined : project.data?.name) ?? params.project)
  const dsn = createMemo(() => (keys.isPending ? undefined : keys.data?.find((key) => key.isActive)?.dsn.public))
  usePageTitle(() => `Setup · ${name()}`)
  createEffect(() => project.isSuccess && setProject(params.project))

  return (
    <>
      <div class="page-head">
        <h1>Set up {name()}</h1>
        <a class="btn" href={`/settings/projects/${params.project}`}>
          Project settings
        </a>
      </div>
      <Region query={project} skeleton={<div class="h-16 border-b border-rule" />}>
        <Show when={project.data}>{(one) => <LiveBox project={one()} />}</Show>
      </Region>
      <Show when={!project.isError}>
        <Region query={keys} skeleton={<div class="h-80" />} isEmpty={dsn() === undefined} empty={<NoKey project={params.project} />}>
          <Show when={dsn()}>
            {(text) => (
              <>
                <section class="section" aria-labelledby="dsn">
                  <h2 id="dsn">DSN</h2>
                  <p class="mt-1 text-ink-2">The address that an SDK sends to. It can only add events, so it may be public.</p>
                  <div class="mt-3 flex flex-wrap items-center gap-2">
                    <code class="min-w-0 border border-rule bg-code-bg px-2 py-1 select-all">{text()}</code>
                    <CopyButton text={text()} name="Copy DSN" label="Copy DSN" />
                  </div>
                </section>
                <SnippetPicker dsn={text()} platform={project.isPending ? null : (project.data?.platform ?? null)} />
              </>
            )}
          </Show>
        </Region>
      </Show>
    </>
  )
}

function NoKey(props: { project: string }): JSX.Element {
  return (
    <div class="empty">
      <p>Every key of this project is disabled, so nothing can be sent to it.</p>
      <a class="btn" href={`/settings/projects/${props.project}/keys`}>
        Enable a key
      </a>
    </div>
  )
}
