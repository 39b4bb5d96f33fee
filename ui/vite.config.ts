// How ui/ becomes dist/: run by ui/build.ts, and by `npx vite ui` while working on the app.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'

/** theme.js must run before the first paint and may not be inline (G-06), so it stays a plain file of its own. */
const themeFile: Plugin = {
  name: 'theme-file',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'theme.js', source: readFileSync(new URL('theme.js', import.meta.url)) })
  },
}

/** Kobalte and what only it needs. */
const widgets = /node_modules\/(@kobalte|@floating-ui|@solid-primitives|@internationalized|solid-presence|solid-prevent-scroll)\//

export default defineConfig({
  root: import.meta.dirname,
  plugins: [solid(), tailwindcss(), themeFile],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // light-dark() is rewritten to a hack below these (ui.md pitfall 19).
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What pages share comes in one file: a dozen of small ones cost more requests than they save bytes (ui.md 5). Menus and
    // dialogs are another one, which comes after the first paint (parts/basic/widgets.ts).
    rolldownOptions: {
      input: { app: fileURLToPath(new URL('index.html', import.meta.url)), docs: fileURLToPath(new URL('docs.css', import.meta.url)) },
      output: {
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2, test: (id: string) => !widgets.test(id), priority: 2 }, { name: 'widgets', test: widgets, priority: 1 }] },
        // The page that describes the API is written by the server, which knows no hashes.
        assetFileNames: ({ names }) => (names.includes('docs.css') ? '[name][extname]' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
  server: { proxy: { '/api': process.env.REFOLD_URL ?? 'http://localhost:8000' } },
})
