import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { integerLists, numbers, texts, times } from '../../projections/columns.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('what unnest makes of the columns is what went in, whatever the texts hold', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', ',', ' ', '\n', 'n', 'null', '\u00e9', '\u{1f600}') })).map((each) => each.toWellFormed().replaceAll('\0', ''))
  const row = fc.record({ text: fc.option(text), number: fc.option(fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })), time: fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }) })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const answer = await database.pool.query('select t as text, n::float8 as number, (extract(epoch from a) * 1000)::float8 as time from unnest($1::text[], $2::bigint[], $3::timestamptz[]) as r (t, n, a)', [
        texts(rows, (each) => each.text), numbers(rows, (each) => each.number), times(rows, (each) => each.time),
      ])
      expect(answer.rows).toEqual(rows.map((each) => ({ text: each.text, number: each.number, time: each.time.getTime() })))
    }),
    { numRuns: 200 },
  )
})

test('of a list of lists each row gets its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.int32Array({ maxLength: 6 }), { maxLength: 10 }), async (rows) => {
      const { all, first, last } = integerLists(rows, (row) => row)
      const answer = await database.pool.query('select ($3::int[])[f:l] as list from unnest($1::int[], $2::int[]) as r (f, l)', [first, last, all])
      expect(answer.rows.map(({ list }) => list)).toEqual(rows.map((row) => [...row]))
    }),
    { numRuns: 50 },
  )
})
