// The frame around every page but those for who is not signed in: skip link, top bar, banners, rail, and the page in `main`.

import { type RouteSectionProps, useIsRouting, useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, ErrorBoundary, type JSX, lazy, Match, on, onCleanup, Show, Suspense, Switch } from 'solid-js'
import { get, isOpenPage } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { newBuild, offlineSince } from '../../data/connection.ts'
import { whenIdle } from '../../data/idle.ts'
import { useShortcuts } from '../../data/keys.ts'
import { noteMissingChunk } from '../../data/missingChunk.ts'
import { homePath, project } from '../../data/session.ts'
import { Button } from '../basic/Button.tsx'
import { Crash } from '../basic/Crash.tsx'
import { Toaster } from '../basic/Toast.tsx'
import { Banners } from './Banners.tsx'
import { KeyHelp } from './KeyHelp.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { focusPage, pagePath } from './page.ts'
import { loadPalette, openPalette, palette } from './palette.ts'

const blipMs = 1000
const askMs = 3000

const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }))

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
    { keys: ['Mod+K'], label: 'command palette', everywhere: true, run: () => openPalette() },
    { keys: ['?'], label: 'this help', everywhere: true, run: () => setHelp(true) },
    { keys: ['g i'], label: 'issues', everywhere: true, run: () => navigate(homePath()) },
    { keys: ['g p'], label: 'projects', everywhere: true, run: () => navigate('/projects') },
    { keys: ['g g'], label: 'grouping', everywhere: true, run: () => navigate(project() === null ? '/projects' : `/p/${project()}/grouping`) },
    { keys: ['g s'], label: 'settings', everywhere: true, run: () => navigate('/settings/account') },
  ])
  onCleanup(whenIdle(() => void loadPalette().catch(noteMissingChunk)))
  // Another page: the focus goes where the reading starts. The first load keeps the browser's own.
  let shown = pagePath(location.pathname)
  createEffect(() => {
    const path = pagePath(location.pathname)
    if (isRouting() || path === shown) return
    shown = path
    focusPage(main)
  })
  // The stream may not notice a network that is gone for a while: the server is asked until it answers. At once, too: an answer
  // tells that only one request was kept away.
  createEffect(() => {
    if (offlineSince() === null) return
    const ask = (): void => void get('').catch(() => undefined)
    ask()
    const asking = setInterval(ask, askMs)
    onCleanup(() => clearInterval(asking))
  })
  // Back online: one refetch of what is shown (G-08). Not after a moment: where one request is always kept away and the others
  // are answered, each refetch would bring on the next.
  createEffect(
    on(offlineSince, (since, before) => {
      if (since === null && before && Date.now() - before.getTime() > blipMs) void client.invalidateQueries()
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
      <Show when={palette()}>
        <ErrorBoundary fallback={null}>
          <Suspense><Palette /></Suspense>
        </ErrorBoundary>
      </Show>
    </div>
  )
}

/** The one Suspense that a page waits in: only for its chunk (ui.md pitfall 2). */
function Page(props: { children: JSX.Element }): JSX.Element {
  return (
    <ErrorBoundary fallback={(error: unknown, reset) => <Failed error={error} reset={reset} />}>
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
  )
}

function Failed(props: { error: unknown; reset: () => void }): JSX.Element {
  const place = useLocation()
  // Another page may well work.
  createEffect(on(() => place.pathname, () => props.reset(), { defer: true }))
  const isMissingChunk = (): boolean => /dynamically imported module|importing a module|preload css/i.test(String(props.error))
  createEffect(() => isMissingChunk() && noteMissingChunk())
  return (
    // A banner says the first two already (E-02).
    <div class="empty">
      <Switch fallback={<><h1>This page failed</h1><Crash error={props.error} reset={props.reset} /></>}>
        <Match when={newBuild()}><h1>This page has changed</h1><p>It is a part of the new version.</p></Match>
        <Match when={isMissingChunk()}><h1>This page could not be loaded</h1><Button onClick={() => location.reload()}>Reload</Button></Match>
      </Switch>
    </div>
  )
}
