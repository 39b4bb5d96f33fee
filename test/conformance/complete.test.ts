import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { attributes } from './attributes.ts'
import { clientAddress } from './client-address.ts'
import { door } from './door.ts'
import { deliberate, testedIn } from './elsewhere.ts'
import { encodings } from './encodings.ts'
import { exceptions } from './exceptions.ts'
import { framing } from './framing.ts'
import { hostile } from './hostile.ts'
import { items } from './items.ts'
import { limits } from './limits.ts'
import { reportsAndScrubbing } from './reports.ts'

const rows = [door, encodings, framing, items, limits, exceptions, attributes, clientAddress, reportsAndScrubbing, hostile].flat()

test('every case of the protocol is in exactly one place', () => {
  const ids = [...rows.map(({ id }) => id), ...[testedIn, deliberate].flatMap((list) => Object.keys(list).map(Number))]
  expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 183 }, (_, index) => index + 1))
})

test('a case that is tested elsewhere is in the file that is named', () => {
  for (const [id, file] of Object.entries(testedIn)) {
    const text = readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8')
    if (!/^test\/sdk\/\w+\.test/.test(file)) expect(text, file).toContain(`#${id}`)
  }
})

test('every row expects something', () => {
  for (const { id, of } of rows) expect(of.length, `#${id}`).toBeGreaterThan(0)
})
