// The page of rules against what the parser accepts.

import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compileFrameRules, compileRules, eventSteps, frameSteps } from '../../../../core/grouping/rules/compile.ts'
import { ruleLimits, ruleMatchers, ruleVariables } from '../../../../core/grouping/rules/reference.ts'
import { exceptionLimit, frameLimit, stackLimit } from '../../../../core/grouping/rules/values.ts'
import { errorsOf } from './given.ts'

const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/grouping-rules.md'), 'utf8')

test('its rules compile', () => {
  const blocks = [...page.matchAll(/^```\n([^`]+)```$/gm)].map(([, text]) => text!)
  expect(blocks).toHaveLength(3)
  for (const block of blocks) expect(errorsOf(block, block.includes('->') ? compileRules : compileFrameRules)).toEqual([])
})

test('its table has every matcher with its short name', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  for (const { name, short } of ruleMatchers) {
    expect(rows.some((row) => row.split('|')[1]?.includes(`\`${name}\``) && (short === undefined || row.includes(`| \`${short}\` |`))), name).toBe(true)
  }
})

test('it names every variable and every limit', () => {
  for (const { name } of ruleVariables) expect(page).toContain(`\`{{ ${name} }}\``)
  const limits = [ruleLimits.bytes / 1024, ruleLimits.lines, ruleLimits.lineLength, ruleLimits.matchers, ruleLimits.parts, ruleLimits.wildcards, exceptionLimit, stackLimit, frameLimit, eventSteps, frameSteps]
  const table = page.slice(page.indexOf('## Limits'))
  for (const limit of limits) expect(table).toContain(` ${limit.toLocaleString('en')} `)
})

test('rules run in the browser: but for types they import each other, and one file without imports', () => {
  const folder = path.join(import.meta.dirname, '../../../../core/grouping/rules')
  const imported = globSync('*.ts', { cwd: folder }).flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/^import (?!type ).* from '([^']+)'/gm)].map(([, target]) => target!))
  expect(imported.length).toBeGreaterThan(15)
  expect([...new Set(imported.filter((target) => !target.startsWith('./')))].toSorted()).toEqual(['../front.ts'])
  expect(readFileSync(path.join(folder, '../front.ts'), 'utf8')).not.toMatch(/^import (?!type )/m)
})
