// Bundles of source maps, those that attack first (#163).

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexBundle, type IndexedFile } from '../../../core/artifact/bundle.ts'
import { BundleError } from '../../../core/artifact/zip.ts'
import { bundlePrefix, writeBundle, writeZip, type ZipFile } from '../../zip.ts'

const index = (bundle: Uint8Array): Promise<IndexedFile[]> => indexBundle(bundle.length, async (from, to) => bundle.subarray(from, to))
const refusal = (bundle: Uint8Array): Promise<string> => index(bundle).then(() => 'accepted', (error: unknown) => (error instanceof BundleError ? error.message : `not a BundleError: ${String(error)}`))

const app = { url: '~/static/app.js', type: 'minified_source', headers: { 'Debug-Id': '7A2F1C9E0B3D4C5E8F60718293A4B5C6', Sourcemap: 'app.js.map' }, text: 'throw 1' }
const map = { url: '~/static/app.js.map', type: 'source_map', headers: { 'debug-id': '7a2f1c9e-0b3d-4c5e-8f60-718293a4b5c6' }, text: '{}' }
const honest = { 'files/_/_/static/app.js': app, 'files/_/_/static/app.js.map': map }
const manifest = (files: object): ZipFile => ({ name: 'manifest.json', bytes: JSON.stringify({ files }) })

test('every file of the manifest is found, whatever the case of its headers', async () => {
  expect(await index(writeBundle(honest))).toEqual([
    expect.objectContaining({ path: 'files/_/_/static/app.js', url: '~/static/app.js', type: 'minified_source', debugId: '7a2f1c9e-0b3d-4c5e-8f60-718293a4b5c6', sourceMap: 'app.js.map' }),
    expect.objectContaining({ path: 'files/_/_/static/app.js.map', type: 'source_map', debugId: '7a2f1c9e-0b3d-4c5e-8f60-718293a4b5c6', sourceMap: null }),
  ])
})

test('a plain zip, and one behind a prefix that its own numbers leave out, are bundles too', async () => {
  const plain = writeZip([{ name: 'a.js', bytes: 'a' }, manifest({ 'a.js': { url: '~/a.js' } })])
  expect(await index(plain)).toHaveLength(1)
  expect(await index(Buffer.concat([bundlePrefix, plain]))).toHaveLength(1)
})

const one = (file: ZipFile): Buffer => writeZip([file, { name: 'b.js', bytes: 'b'.repeat(100) }, manifest({ [file.name]: { url: '~/a.js', type: 'source_map' } })])
const lying = (says: ZipFile['says']): Buffer => one({ name: 'a.js', bytes: 'a'.repeat(5000), ...(says && { says }) })

describe('#163 a bundle is refused, with a sentence, when', () => {
  test.each<[string, Buffer, RegExp]>([
    ['a name climbs out', one({ name: '../../etc/cron.d/x', bytes: 'a' }), /leads outside.*\.\.\/\.\.\/etc/],
    ['a name is absolute', one({ name: '/etc/passwd', bytes: 'a' }), /leads outside/],
    ['a name has a drive', one({ name: 'C:evil.js', bytes: 'a' }), /leads outside/],
    ['a name climbs out the way of Windows', one({ name: '..\\x.js', bytes: 'a' }), /leads outside/],
    ['a URL climbs out', writeBundle({ 'a.js': { ...app, url: '~/../../admin.js' } }), /URL of a\.js leads outside/],
    ['a file is a symbolic link', lying({ attributes: 0o120777 }), /symbolic link/],
    ['a file is encrypted', lying({ flags: 1 }), /encrypted/],
    ['two names are the same but for their case', writeZip([{ name: 'a.js', bytes: 'a' }, { name: 'A.JS', bytes: 'b' }]), /two files of the same name/],
    ['a file is larger than it says', lying({ size: 10 }), /not as large/],
    ['a file is smaller than it says', lying({ size: 50_000 }), /not as large/],
    ['a file says that it fills 4 GB', lying({ size: 0xffffffff }), /unpacks to more than 2 GB/],
    ['a file says that it fills 65 MB', lying({ size: 65 * 1024 * 1024 }), /larger than 64 MB/],
    ['a file claims the bytes of the next one', lying({ stored: 200 }), /overlaps/],
    ['two files lie in the same place', writeZip([{ name: 'a.js', bytes: 'a'.repeat(999) }, { name: 'b.js', bytes: 'b', says: { position: 0 } }]), /overlaps/],
    ['a file lies behind the end', lying({ position: 0xfffffff0 }), /overlaps/],
    ['a file is not what its checksum says', lying({ crc: 1 }), /checksum/],
    ['a file is compressed in an unknown way', lying({ method: 14 }), /not supported/],
    ['it says that it has 65,535 files or more', writeZip([], { says: { entries: 0xffff } }), /more than 65534 files/],
    ['it has fewer files than it says', writeZip([{ name: 'a.js', bytes: 'a' }], { says: { entries: 60_000 } }), /damaged/],
    ['its directory is longer than the file', writeZip([{ name: 'a.js', bytes: 'a' }], { says: { length: 10 ** 9 } }), /directory/],
    ['its manifest inflates to 100 MB', writeZip([{ name: 'manifest.json', bytes: Buffer.alloc(100 * 1024 * 1024, ' ') }]), /manifest\.json is larger/],
    ['its manifest is a heap of empty objects', writeZip([{ name: 'manifest.json', bytes: `{"files":{"a":[${'{},'.repeat(2_000_000)}{}]}}` }]), /more than 2,000,000 values/],
    ['its manifest is no JSON', writeZip([{ name: 'manifest.json', bytes: '{' }]), /not JSON/],
    ['its manifest is a list', writeZip([{ name: 'manifest.json', bytes: '[]' }]), /not an object/],
    ['it has no manifest', writeZip([{ name: '0.zip', bytes: writeZip([{ name: '1.zip', bytes: Buffer.alloc(1_000_000) }]) }]), /no manifest/],
    ['its manifest names what is not there', writeZip([manifest({ 'gone.js': { url: '~/gone.js' } })]), /gone\.js.*not in the bundle/],
    ['it is cut off', writeBundle(honest).subarray(0, -40), /not a zip/],
    ['it is empty', Buffer.alloc(0), /not a zip/],
  ])('%s', async (_why, bundle, sentence) => {
    expect(await refusal(bundle)).toMatch(sentence)
  })
})

test('whatever bytes are changed or cut, it is read or refused, and nothing else happens', async () => {
  const bundle = writeBundle(honest)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(bundle.length - 1), fc.nat(255)), { maxLength: 8 }), fc.nat(bundle.length), async (changes, length) => {
      const broken = Buffer.from(bundle)
      for (const [at, byte] of changes) broken[at] = byte
      for (const each of [broken, broken.subarray(0, length), broken.subarray(length)]) expect(await refusal(each)).not.toMatch(/^not a BundleError/)
    }),
    { numRuns: 300 },
  )
})
