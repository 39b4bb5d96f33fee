// Every bad line is told, with its place and what was expected there.

import { describe, expect, test } from 'vitest'
import { compileFrameRules, compileRules } from '../../../../core/grouping/rules/compile.ts'
import { ruleLimits } from '../../../../core/grouping/rules/reference.ts'
import { errorsOf } from './given.ts'

test.each([
  ['foo:bar -> x', 1, 'unknown matcher `foo`: use one of error.type (type), '],
  ['  !foo:bar -> x', 4, 'unknown matcher `foo`'],
  ['tags.:a -> x', 1, 'unknown matcher `tags.`'],
  ['error.type -> x', 1, 'expected `matcher:glob`, such as `error.type:TimeoutError`, not `error.type`'],
  ['! -> x', 2, 'expected `matcher:glob`'],
  ['error.type:a level:b', 21, 'no `->`'],
  ['error.type:a->x', 16, 'no `->`'],
  ['-> x', 1, 'empty side: write a matcher'],
  ['error.type:a ->', 16, 'empty side: write a fingerprint'],
  ['error.type:a -> title="x"', 17, 'empty side: write a fingerprint'],
  ['error.type: -> x', 12, 'nothing after `error.type:`'],
  ['error.type:"" -> x', 12, 'nothing after `error.type:`'],
  ['error.type:"a -> x', 12, 'the quote is never closed'],
  ['error.type:"a\\" -> x', 12, 'the quote is never closed'],
  ['error.type:"a"b -> x', 15, 'text after the closing quote'],
  ['error.type:a"b -> x', 13, 'a quote inside a word'],
  ['app:maybe -> x', 5, '`app:` takes yes, no, not `maybe`'],
  ['family:java -> x', 8, '`family:` takes javascript, native, other, all (a list with commas, or all), not `java`'],
  ['family:all,native -> x', 8, 'not `all`'],
  ['family:native, -> x', 8, '`family:` takes'],
  ['level:a -> x, {{ foo }}', 15, 'unknown variable `foo`: use one of default, error.type (type), '],
  ['level:a -> x, {{ stack.package }}', 15, 'unknown variable `stack.package`'],
  ['level:a -> x, a-{{ tags. }}', 17, 'unknown variable `tags.`'],
  ['level:a -> {{ }}', 12, '`{{ }}` is not a variable: write `{{ name }}`'],
  ['level:a -> "a {{ x"', 15, '`{{ x` is not a variable'],
  ['level:a -> x-{{ default }}', 14, '`{{ default }}` must be a part of its own'],
  ['level:a -> x title="{{ default }}"', 21, '`{{ default }}` has no place in a title'],
  ['level:a -> x title="a {{ foo }}"', 23, 'unknown variable `foo`'],
  ['level:a -> x title=a', 20, 'the title needs quotes'],
  ['level:a -> x title=" "', 20, 'an empty title'],
  ['level:a -> x title="a" b', 24, 'nothing may stand after the title'],
  ['level:a -> x title="a', 20, 'the quote is never closed'],
  ['level:a -> a b', 14, 'expected `,`, `title="…"` or the end of the line'],
  ['level:a -> a # why', 14, 'a comment on a line of its own'],
  ['level:a -> a,,b', 14, 'an empty part'],
  ['level:a -> a, title="x"', 15, 'an empty part'],
  ['level:a -> a,', 14, 'an empty part'],
  ['level:a -> ""', 12, 'an empty part'],
  ['level:a -> a"b', 13, 'a quote inside a part'],
  ['level:a -> a\u0000b', 13, 'a control character that nobody can see'],
  ['level:a -> a\ud800', 13, 'half of a character'],
])('%j: column %i, %s', (text, column, message) => {
  expect(errorsOf(`# one\n${text}\n`)).toEqual([{ line: 2, column, message: expect.stringContaining(message) as string }])
})
test.each([
  ['module:a', 9, 'no action: end the line with `+app`, `-app` or `drop`'],
  ['+app', 1, 'empty side: write a matcher before `+app`'],
  ['module:a +app -app', 15, 'nothing may stand after `+app`'],
  ['module:a drop module:b', 15, 'nothing may stand after `drop`'],
  ['module:a +group', 10, 'the action is `+app`, `-app` or `drop`'],
  ['module:a ^-app', 10, 'the action is'],
  ['message:a +app', 1, 'unknown matcher `message`: use one of error.type (type), stack.function (function), stack.module (module), stack.abs_path (path), stack.package (package), app, family'],
  ['tags.a:b drop', 1, 'unknown matcher `tags.a`'],
  ['module:a -> x', 10, 'the action is'],
  ['module:"a drop', 8, 'the quote is never closed'],
])('frame rule %j: column %i, %s', (text, column, message) => {
  expect(errorsOf(text, compileFrameRules)).toEqual([{ line: 1, column, message: expect.stringContaining(message) as string }])
})

test('all bad lines are told, whatever ends them, and nothing compiles', () => {
  expect(errorsOf('a\r\nlevel:a -> x\rb\n\nc').map(({ line }) => line)).toEqual([1, 3, 5])
})

describe('limits', () => {
  const many = (count: number, text: string, separator: string): string => Array.from({ length: count }, () => text).join(separator)
  const rule = 'level:a -> x'
  test.each([
    ['matchers', `${many(16, 'level:a', ' ')} -> x`, `${many(17, 'level:a', ' ')} -> x`, { line: 1, column: 16 * 8 + 1, message: 'more than 16 matchers: write two rules, or a glob that says more' }],
    ['parts', `level:a -> ${many(16, 'x', ',')}`, `level:a -> ${many(17, 'x', ',')}`, { line: 1, column: 12 + 32, message: 'more than 16 parts: leave some out, or write two as one' }],
    ['wildcards', 'path:**/a?b*c*d*e*f*g* -> x', 'path:**/a?b*c*d*e*f*g*? -> x', { line: 1, column: 6, message: '9 wildcards: at most 8, let one `*` stand for more of the text' }],
    ['units of a line', `level:${'a'.repeat(1989)} -> x`, `level:${'a'.repeat(1990)} -> x`, { line: 1, column: 2001, message: 'longer than 2000 characters: shorten the globs, or write two rules' }],
    ['lines', `${many(500, rule, '\n')}\n`, many(501, rule, '\n'), { line: 501, column: 1, message: 'more than 500 lines: remove rules that match nothing, or let a glob stand for many' }],
    ['bytes', many(64, `#${'é'.repeat(511)}`, '\n'), many(64, `#${'é'.repeat(513)}`, '\n'), { line: 1, column: 1, message: 'the text is longer than 64 KB: remove rules that match nothing, or let a glob stand for many' }],
  ])('of %s', (_, fits, over, error) => {
    expect(errorsOf(fits)).toEqual([])
    expect(errorsOf(over)).toEqual([error])
  })

  test('hold for frame rules too', () => {
    expect(errorsOf(`${many(16, 'module:a', ' ')} drop`, compileFrameRules)).toEqual([])
    expect(errorsOf(`${many(17, 'module:a', ' ')} drop`, compileFrameRules)[0]?.message).toContain('more than 16 matchers')
  })

  test('of errors: the first hundred', () => {
    expect(errorsOf(many(300, 'bad', '\n'))).toHaveLength(ruleLimits.errors)
  })

  test('a text of any size is refused before it is read', () => {
    expect(compileRules('x\n'.repeat(5_000_000))).toEqual({ errors: [expect.objectContaining({ line: 1, column: 1 })] })
  })
})
