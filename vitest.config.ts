import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

// Five kinds of test, by what they cost: pure rooms; rooms against Postgres and real servers; the app's parts in jsdom;
// flows in a real Chromium against the real server.
// More workers than two cores: much of a test is waiting. What measures times in a browser comes last and alone.
const node = { environment: 'node' as const, globalSetup: ['test/postgres.ts'], testTimeout: 30_000, hookTimeout: 60_000 }
const quick = { maxWorkers: 4, sequence: { groupOrder: 0 } }
// What a page shows is waited for: how long that takes is only asserted where a test measures it.
const patient = { expect: { poll: { timeout: 15_000 } } }
const measured = ['budget', 'event-body', 'issue', 'stream', 'stream-scroll'].map((name) => `test/browser/${name}.test.ts`)

export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: '.vitest/report.json' },
    projects: [
      { test: { name: 'core', ...quick, isolate: false, environment: 'node', include: ['test/core/**/*.test.ts', 'test/house/**/*.test.ts'] } },
      { test: { ...node, ...quick, isolate: false, name: 'rooms', include: ['test/{api,ingest,projections,generations,migrations,cli,sdk,conformance}/**/*.test.ts'] } },
      { plugins: [solid()], test: { name: 'ui', ...quick, environment: 'jsdom', include: ['test/ui/**/*.test.{ts,tsx}'] } },
      { test: { ...node, ...patient, isolate: false, name: 'browser', include: ['test/browser/**/*.test.ts'], exclude: measured, maxWorkers: 3, sequence: { groupOrder: 1 }, testTimeout: 90_000 } },
      { test: { ...node, ...patient, isolate: false, name: 'measured', include: measured, fileParallelism: false, sequence: { groupOrder: 2 }, testTimeout: 60_000 } },
    ],
  },
})
