// Native functions as they count, and the walk up a native stack (grouping.md 3.5).

import { describe, expect, test } from 'vitest'
import { componentsOf, identityOf, ofPlatform, thrown } from './given.ts'

test.each([
  ['void a::B<int>::c(std::string const&) const &', 'a::B<>::c'],
  ['-[Cart pay:(id)x]', '-[Cart pay:(id)x]'],
  ['tiler::draw::h0123456789abcdef', 'tiler::draw'],
  ['<T as tiler::Render>::draw', '<>::draw'],
  ['copy@@GLIBC_2.14', 'copy'],
  ['a::b(int) [clone .isra.0] [clone .cold]', 'a::b'],
  ['(anonymous namespace)::a(int)', '{anonymous}::a'],
  ["`anonymous namespace'::a", '{anonymous}::a'],
  ['a::b(int)::{lambda(char)#1}::operator()(char) const', 'a::b::{lambda#1}::operator()'],
  ['bool a::operator< <int>(B const&, C)', 'a::operator<<>'],
  ['std::ostream& a::operator<<(std::ostream&)', 'a::operator<<'],
  ['a::operator->() const', 'a::operator->'],
  ['a::operator bool() const', 'a::operator bool'],
  ['static Shop.pay(cart: Shop.Cart) -> Swift.Int', 'static Shop.pay -> Swift.Int'],
  ['a<b', 'a<b'],
])('%s is %s', (name, expected) => {
  expect(identityOf('native', { function: name, abs_path: '/src/a.cpp', module: 'm' })).toBe(`|${expected}`)
})

type Named = string | [name: string, file: string]

function walk(...names: Named[]): string[] {
  const frames = names.map((one) => (typeof one === 'string' ? { function: one, package: '/opt/app/bin/app' } : { function: one[0], package: one[1] }))
  return componentsOf(ofPlatform('native', thrown(frames))).filter((line) => line.startsWith('f') || line.startsWith('s'))
}

const system = (name: string): Named => [name, '/usr/lib/libc.so.6']

describe('a native stack', () => {
  test('begins at its thread’s base', () => {
    expect(walk('spawn', 'start_thread', 'work', 'std::rt::lang_start_internal', 'main', 'pay')).toEqual(['f  main', 'f  pay'])
  })

  test('ends where the error is raised, if something came before', () => {
    expect(walk('__cxa_throw', 'main', 'pay', 'std::terminate()', 'abort', 'handler')).toEqual(['f  main', 'f  pay'])
  })

  test('keeps of the system only what the program called', () => {
    expect(walk('main', system('qsort'), system('msort'), 'compare', system('memcmp'))).toEqual(['f  main', 'f  compare'])
    expect(walk(system('run'), system('loop'), system('__poll'))).toEqual(['s  run'])
    expect(walk(system('_run'), system('loop'))).toEqual([])
  })

  test('keeps equal neighbours apart where something vanished between them', () => {
    expect(walk('main', 'visit', 'visit')).toEqual(['f  main', 'f  visit'])
    expect(walk('main', 'visit', 'std::function<void ()>::operator()() const', 'visit')).toEqual(['f  main', 'f  visit', 'f  visit'])
    expect(walk('main', 'visit', '', 'visit')).toEqual(['f  main', 'f  visit', 'f  visit'])
  })
})
