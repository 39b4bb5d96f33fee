// What the client weighs in a browser, zod aside: what is loaded at once, and the schemas that come with the first answer.

import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { root } from '../house/sources.ts'

/** Each file of the bundle: its bytes after gzip, and what it imports. The first one is loaded at once. */
async function bundle(file: string): Promise<{ bytes: number; imports: string[] }[]> {
  const built = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry: path.join(root, file), formats: ['es'] }, rolldownOptions: { external: ['zod'], output: { minify: true } } },
  })
  const chunks = ([built].flat() as Rolldown.RolldownOutput[])[0]!.output.filter((chunk) => chunk.type === 'chunk')
  return chunks.toSorted((a, b) => Number(b.isEntry) - Number(a.isEntry)).map(({ code, imports }) => ({ bytes: gzipSync(code, { level: 9 }).length, imports: imports.filter((name) => !name.endsWith('.js')) }))
}

test('the client is less than 5 kB and needs no zod; its schemas are a file of their own of less than 17 kB', async () => {
  const [client, ...schemas] = await bundle('client.ts')
  expect(client!.imports).toEqual([])
  expect(client!.bytes).toBeLessThan(5_000)
  expect(schemas.flatMap(({ imports }) => imports)).toEqual(['zod'])
  expect(schemas.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(17_000)
})

test('without schemas nothing else comes along', async () => {
  const [client, ...rest] = await bundle('core/contract/client/create.ts')
  expect([client!.imports, rest]).toEqual([[], []])
  expect(client!.bytes).toBeLessThan(5_000)
})
