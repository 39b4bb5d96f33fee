import { afterAll } from 'vitest'
import { attributes } from './attributes.ts'
import { playTable } from './table.ts'

// Case 115: what reads a time as local time is five hours off here.
const { TZ } = process.env
process.env.TZ = 'America/New_York'
afterAll(() => {
  if (TZ === undefined) delete process.env.TZ
  else process.env.TZ = TZ
})

playTable(attributes)
