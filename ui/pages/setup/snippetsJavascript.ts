// JavaScript on the server and in the browser.

import type { Snippet } from './snippets.ts'

const install = (packages: string): { title: string; file: null; code: string } => ({ title: 'Install', file: null, code: `npm install ${packages}` })

const node: Snippet = (dsn) => [
  install('@sentry/node'),
  {
    title: 'Start it before everything else',
    file: 'instrument.mjs',
    code: `import * as Sentry from '@sentry/node'

Sentry.init({
  dsn: '${dsn}',
  // Tracing is off: no tracesSampleRate.
})`,
  },
  {
    title: 'Throw once',
    file: 'app.mjs',
    code: `import './instrument.mjs'

setTimeout(() => {
  throw new Error('Refold test')
}, 100)`,
  },
]

const express: Snippet = (dsn) => [
  install('@sentry/node express'),
  {
    title: 'Start it before everything else',
    file: 'instrument.mjs',
    code: `import * as Sentry from '@sentry/node'

Sentry.init({
  dsn: '${dsn}',
  // Tracing is off: no tracesSampleRate.
})`,
  },
  {
    title: 'Add the error handler after all routes, then open /debug',
    file: 'app.mjs',
    code: `import './instrument.mjs'
import express from 'express'
import * as Sentry from '@sentry/node'

const app = express()
app.get('/debug', () => {
  throw new Error('Refold test')
})
Sentry.setupExpressErrorHandler(app)
app.listen(3000)`,
  },
]

const browser: Snippet = (dsn) => [
  install('@sentry/browser'),
  {
    title: 'Start it first in your entry file, and throw once',
    file: 'main.js',
    code: `import * as Sentry from '@sentry/browser'

Sentry.init({
  dsn: '${dsn}',
  // Tracing and replay are off: no browserTracingIntegration, no replayIntegration.
})

setTimeout(() => {
  throw new Error('Refold test')
}, 100)`,
  },
]

const react: Snippet = (dsn) => [
  install('@sentry/react'),
  {
    title: 'Start it, and report what React catches',
    file: 'main.jsx',
    code: `import * as Sentry from '@sentry/react'
import { createRoot } from 'react-dom/client'
import { App } from './App.jsx'

Sentry.init({
  dsn: '${dsn}',
  // Tracing and replay are off: no browserTracingIntegration, no replayIntegration.
})

createRoot(document.getElementById('root'), {
  onUncaughtError: Sentry.reactErrorHandler(),
  onCaughtError: Sentry.reactErrorHandler(),
}).render(<App />)`,
  },
  {
    title: 'Throw once, from a button',
    file: 'App.jsx',
    code: `export function App() {
  return <button onClick={() => { throw new Error('Refold test') }}>Break</button>
}`,
  },
]

const nextjs: Snippet = (dsn) => [
  install('@sentry/nextjs'),
  {
    title: 'In the browser',
    file: 'instrumentation-client.js',
    code: `import * as Sentry from '@sentry/nextjs'

Sentry.init({
  dsn: '${dsn}',
  // Tracing and replay are off: no tracesSampleRate, no replayIntegration.
})`,
  },
  {
    title: 'On the server',
    file: 'instrumentation.js',
    code: `import * as Sentry from '@sentry/nextjs'

export function register() {
  Sentry.init({
    dsn: '${dsn}',
    // Tracing is off: no tracesSampleRate.
  })
}

export const onRequestError = Sentry.captureRequestError`,
  },
  {
    title: 'Throw once, then open /api/debug',
    file: 'app/api/debug/route.js',
    code: `export function GET() {
  throw new Error('Refold test')
}`,
  },
]

const vue: Snippet = (dsn) => [
  install('@sentry/vue'),
  {
    title: 'Start it with the app, and throw once',
    file: 'main.js',
    code: `import { createApp } from 'vue'
import * as Sentry from '@sentry/vue'
import App from './App.vue'

const app = createApp(App)
Sentry.init({
  app,
  dsn: '${dsn}',
  // Tracing and replay are off: no browserTracingIntegration, no replayIntegration.
})
app.mount('#app')

setTimeout(() => {
  throw new Error('Refold test')
}, 100)`,
  },
]

export const javascriptSnippets = {
  node,
  'node-express': express,
  javascript: browser,
  'javascript-react': react,
  'javascript-nextjs': nextjs,
  'javascript-vue': vue,
}
