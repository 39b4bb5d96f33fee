// The app's start: who are we, then the routes. Pages are lazy; the shell and the data layer are not.

import './app.css'
import { render } from 'solid-js/web'
import { isOpenPage } from './data/api.ts'
import { handleKey } from './data/keys.ts'
import { startLive } from './data/live.ts'
import { noteMissingChunk } from './data/missingChunk.ts'
import { homePath, loadSession, project } from './data/session.ts'
import { App } from './routes.tsx'

addEventListener('vite:preloadError', noteMissingChunk)
addEventListener('keydown', (event) => handleKey(event))

// Not awaited: the first list is asked for at the same time (the organization is remembered).
if (!isOpenPage(location.pathname)) void loadSession().then(startLive, () => undefined)

// Before the router starts: a redirect while it renders for the first time leaves the rail at the old address.
if (location.pathname === '/' && project() !== null) history.replaceState(null, '', homePath())

const root = document.getElementById('root')
if (root) render(() => <App />, root)
