import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

// Four kinds of test, by what they cost: pure rooms; rooms against Postgres and real servers; the app's parts in jsdom;
// flows in a real Chromium against the real server.
const node = { environment: 'node' as const, globalSetup: ['test/postgres.ts'], testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: '.vitest/report.json' },
    projects: [
      { test: { name: 'core', environment: 'node', include: ['test/core/**/*.test.ts', 'test/house/**/*.test.ts'] } },
      { test: { ...node, name: 'rooms', include: ['test/{api,ingest,projections,generations,migrations,cli,sdk,conformance}/**/*.test.ts'] } },
      { plugins: [solid()], test: { name: 'ui', environment: 'jsdom', include: ['test/ui/**/*.test.{ts,tsx}'] } },
      { test: { ...node, name: 'browser', include: ['test/browser/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000 } },
    ],
  },
})
