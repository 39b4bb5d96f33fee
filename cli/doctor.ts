// `refold doctor`: gathers what can be known about this installation, judges it, and says what to do. Changes nothing, and works whether a
// server runs or not.

import { existsSync } from 'node:fs'
import path from 'node:path'
import { readConfig, type Config } from '../core/config.ts'
import type { Input } from './command.ts'
import { withDatabase } from './database.ts'
import { judge } from './doctor/checks.ts'
import type { Facts, Finding } from './doctor/facts.ts'
import { gatherDatabase } from './doctor/gather-database.ts'
import { gatherDisk } from './doctor/gather-disk.ts'
import { gatherServer } from './doctor/gather-server.ts'
import { escapeText } from './escape.ts'
import { explain } from './failure.ts'
import { paint, printOne, type Output } from './output.ts'
import type { Color } from './table.ts'

export async function runDoctor({ values }: Input<Output>): Promise<void> {
  const environment = readConfig(process.env)
  const base = { environment, node: process.versions.node }
  const facts: Facts = 'problems' in environment
    ? { ...base, disk: null, database: null, server: null }
    : { ...base, disk: gatherDisk(environment.config.dataDir), database: await askDatabase(environment.config), server: await gatherServer(environment.config) }
  const findings = judge(facts)
  printOne(values, findings, formatFindings)
  if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1
}

/** Null where the first start has yet to make it. */
async function askDatabase(config: Config): Promise<Facts['database']> {
  if (config.databaseUrl === undefined && !existsSync(path.join(config.dataDir, 'postgres'))) return null
  let found: Facts['database'] = null
  try {
    await withDatabase(async ({ pool }) => (found = await gatherDatabase(pool, config)), { asItIs: true })
  } catch (error) {
    return { failed: explain(error).text }
  }
  return found
}

const colors: Record<Finding['state'], Color> = { ok: 'green', warning: 'yellow', problem: 'red' }

function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, state, says, do: advice }) => [
    `${paint(colors[state], state.padEnd(7))}  ${check.padEnd(width)}  ${escapeText(says)}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width + 11)}${paint('gray', '→')} ${escapeText(advice)}`]),
  ])
  const count = (state: Finding['state'], what: string): string => {
    const number = findings.filter((finding) => finding.state === state).length
    return `${number === 0 ? 'no' : number} ${what}${number === 1 ? '' : 's'}`
  }
  return [...lines, '', `${count('problem', 'problem')}, ${count('warning', 'warning')}.`].join('\n')
}
