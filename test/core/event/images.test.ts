// The binaries that an event names (protocol 4.10).

import { expect, test } from 'vitest'
import { entry, present } from './given.ts'

test('are listed with what tells a build, whatever form the SDK sends', () => {
  const images = [
    { type: 'macho', code_file: '/Shop.app/Shop', debug_id: 'a0-b1', image_addr: '0x104000000', image_size: 4096, arch: 'arm64' },
    { type: 'proguard', uuid: 'c0-d1' }, { type: 'sourcemap', code_file: 'https://a.example/app.js', debug_id: 'e0' }, null, 'x', { image_addr: -1, image_size: 'many' },
  ]
  const none = { type: 'unknown', code_file: null, code_id: null, debug_file: null, debug_id: null, image_addr: null, image_size: null, arch: null }
  expect(entry(present({ debug_meta: { images } }), 'debugmeta')).toEqual({ images: [
    { ...none, type: 'macho', code_file: '/Shop.app/Shop', debug_id: 'a0-b1', image_addr: '0x104000000', image_size: 4096, arch: 'arm64' },
    { ...none, type: 'proguard', debug_id: 'c0-d1' }, { ...none, type: 'sourcemap', code_file: 'https://a.example/app.js', debug_id: 'e0' }, none,
  ] })
})

test('are none where there is no list of them, and at most 500', () => {
  for (const debug_meta of [undefined, null, [], { images: {} }, { images: [] }]) expect(present({ debug_meta }).entries).toEqual([])
  const event = present({ debug_meta: { images: Array.from({ length: 600 }, () => ({ type: 'elf' })) } })
  expect(entry(event, 'debugmeta')).toMatchObject({ images: { length: 500 } })
  expect(event.errors.map(({ type, data }) => [type, data.name])).toEqual([['too_many_values', 'debug_meta.images']])
})
