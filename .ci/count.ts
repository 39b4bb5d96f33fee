// The last line of .ci/run: `N passed, N failed`, from the report that vitest writes when CI is set.

import { existsSync, readFileSync } from 'node:fs'

type Report = { testResults: { status: string; assertionResults: { status: string; meta?: { skipped?: string } }[] }[] }

const file = '.vitest/report.json'
const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined
if (!report) console.error(`There is no ${file}: the tests did not run to their end.`)

const results = report?.testResults ?? [{ status: 'failed', assertionResults: [] }]
const statuses = results.flatMap(({ status, assertionResults }) => {
  const each = assertionResults.map((assertion) => assertion.status)
  // A file that fails outside its tests (an import, a hook) is a failure too.
  return status === 'failed' && !each.includes('failed') ? [...each, 'failed'] : each
})
// Why, once for all tests of one reason: a tool-chain that this machine has not, a registry out of reach.
const reasons = new Set(results.flatMap(({ assertionResults }) => assertionResults.flatMap(({ status, meta }) => (status === 'skipped' && meta?.skipped) || [])))
for (const reason of reasons) console.log(`skipped: ${reason}`)

const failed = statuses.filter((status) => status === 'failed').length
const passed = statuses.filter((status) => status === 'passed').length
const skipped = statuses.length - failed - passed
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
