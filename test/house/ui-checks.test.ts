// Every check that the specification of the app asks for is a test of its name, in a real Chromium.

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const folder = path.join(import.meta.dirname, '../browser')

/** Shell, login, projects, stream, search, issue, events, setup, members, tokens, grouping, builds, states, accessibility. */
const checks: Record<string, number> = { G: 11, L: 3, J: 3, S: 20, Q: 6, D: 26, V: 2, P: 6, M: 2, T: 1, R: 11, B: 6, E: 3, W: 14 }

test('every check of the app is a test in the browser, named by its id', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.ts'))
  const titles = files.flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/\b(?:test|describe)(?:\.for\((?:[^()]|\([^()]*\))*\))?\(\s*(['"`])(.*?)\1/gs)].map((match) => match[2]!)).join('\n')
  const asked = Object.entries(checks).flatMap(([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}-${String(index + 1).padStart(2, '0')}`))
  expect(asked.filter((id) => !titles.includes(id))).toEqual([])
})
