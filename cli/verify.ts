// `refold migrate` and `refold verify`: the schema of the database, and whether its tables are what the log says.

import { projectionTables, verify } from '../projections/verify.ts'
import { withDatabase } from './database.ts'
import { escapeText } from './escape.ts'

export async function runMigrations(): Promise<void> {
  await withDatabase(({ applied }) => console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The schema is up to date.'))
}

export async function runVerify(): Promise<void> {
  await withDatabase(async ({ url }) => {
    const onTerminal = process.stderr.isTTY
    const { rows, position, differences } = await verify(url, (at, of) => onTerminal && process.stderr.write(`\rfolded ${at} of ${of} facts`))
    if (onTerminal) process.stderr.write('\r\x1b[K')
    if (differences.length === 0) return console.log(`${rows} rows in ${projectionTables.length} tables are what the log says, up to position ${position}.`)
    for (const { table, missing, unexpected, examples } of differences) {
      console.log([`${table}: ${missing} rows are missing, ${unexpected} should not be there`, ...examples.map(escapeText)].join('\n  '))
    }
    throw new Error('The tables are not what the log says.')
  })
}
