// The frame around every page but those for who is not signed in: skip link, top bar, banners, rail, and the page in `main`.

import { type RouteSectionProps, useIsRouting, useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, ErrorBoundary, type JSX, on, Show, Suspense } from 'solid-js'
import { isOpenPage } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { offlineSince } from '../../data/connection.ts'
import { useShortcuts } from '../../data/keys.ts'
import { homePath, project } from '../../data/session.ts'
import { Toaster } from '../basic/Toast.tsx'
import { Banners } from './Banners.tsx'
import { KeyHelp } from './KeyHelp.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { focusPage, pagePath } from './page.ts'

export function Shell(props: RouteSectionProps): JSX.Element {
  const location = useLocation()
  return (
    <Show when={!isOpenPage(location.pathname)} fallback={<Page>{props.children}</Page>}>
      <Frame>{props.children}</Frame>
    </Show>
  )
}

function Frame(props: { children: JSX.Element }): JSX.Element {
  const location = useLocation()
  const navigate = useNavigate()
  const isRouting = useIsRouting()
  const [help, setHelp] = createSignal(false)
  let main: HTMLElement | undefined

  useShortcuts([
    { keys: ['?'], label: 'this help', everywhere: true, run: () => setHelp(true) },
    { keys: ['g i'], label: 'issues', everywhere: true, run: () => navigate(homePath()) },
    { keys: ['g p'], label: 'projects', everywhere: true, run: () => navigate('/projects') },
    { keys: ['g g'], label: 'grouping', everywhere: true, run: () => navigate(project() === null ? '/projects' : `/p/${project()}/grouping`) },
    { keys: ['g s'], label: 'settings', everywhere: true, run: () => navigate('/settings/account') },
  ])
  // Another page: the focus goes where the reading starts. The first load keeps the browser's own.
  let shown = pagePath(location.pathname)
  createEffect(() => {
    const path = pagePath(location.pathname)
    if (isRouting() || path === shown) return
    shown = path
    focusPage(main)
  })
  // Back online: one refetch of what is shown (G-08).
  createEffect(
    on(offlineSince, (since, before) => {
      if (since === null && before) void client.invalidateQueries()
    }),
  )

  return (
    <div class="shell">
      <a
        class="btn skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main?.focus()
        }}
      >
        Skip to content
      </a>
      <TopBar onHelp={() => setHelp(true)} />
      <Banners />
      <Rail />
      <main id="main" class="main" tabindex="-1" ref={(element) => (main = element)}>
        <Page>{props.children}</Page>
      </main>
      <Toaster />
      <KeyHelp open={help()} onClose={() => setHelp(false)} />
    </div>
  )
}

/** The one Suspense: only lazy pages wait here (ui.md pitfall 2). */
function Page(props: { children: JSX.Element }): JSX.Element {
  return (
    <ErrorBoundary fallback={(error: unknown) => <Failed error={error} />}>
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
  )
}

function Failed(props: { error: unknown }): JSX.Element {
  const isMissingChunk = (): boolean => /dynamically imported module|importing a module|preload css/i.test(String(props.error))
  return (
    <div class="empty" role="alert">
      <h1>{isMissingChunk() ? 'Reload for the new version' : 'This page failed'}</h1>
      <p>{isMissingChunk() ? 'The server runs a newer version than this page.' : String(props.error)}</p>
      <button type="button" class="btn" data-kind="primary" onClick={() => globalThis.location.reload()}>
        Reload
      </button>
    </div>
  )
}
