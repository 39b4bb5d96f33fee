// What frame rules say about a frame (grouping.md 4).

import { expect, test } from 'vitest'
import { compileFrameRules } from '../../../../core/grouping/rules/compile.ts'
import { compiled, judge } from './given.ts'

const frame = { module: 'acme.web.views', function: 'render', abs_path: '/srv/acme/views.py', in_app: true }

test('the last matching line decides', () => {
  const text = 'module:acme.* -app\nmodule:acme.web.* +app\n# generated\nfunction:render path:**/views.py drop\nmodule:other.* -app'
  expect(judge(text, frame)).toBe('drop')
  expect(judge(text, { module: 'acme.web.x' })).toBe('app')
  expect(judge(text, { module: 'acme.x' })).toBe('library')
  expect(judge(text, { module: 'x' })).toBeUndefined()
})

test('what decided is told with its line and text', () => {
  const { rules, list } = compiled(compileFrameRules('\n  module:acme.* -app '))
  expect(rules.judge(frame, { family: 'other', errorType: '' })).toEqual({ action: 'library', line: 2, text: 'module:acme.* -app' })
  expect(list).toEqual([{ line: 2, text: 'module:acme.* -app', matchers: [{ negated: false, name: 'stack.module', glob: 'acme.*' }], action: 'library' }])
})

test.each([
  ['family:native +app', 'app'],
  ['family:javascript,native +app', 'app'],
  ['family:other +app', undefined],
  ['family:all !error.type:SIG* +app', undefined],
  ['error.type:SIGSEGV app:yes drop', 'drop'],
  ['error.type:SIGSEGV app:no drop', undefined],
  ['!package:* drop', 'drop'],
])('%s: %j', (text, expected) => {
  expect(judge(text, frame, { family: 'native', errorType: 'SIGSEGV' })).toBe(expected)
})

test('a frame of a thread has no exception', () => {
  expect(judge('error.type:* drop', frame)).toBeUndefined()
  expect(judge('!error.type:X drop', frame)).toBe('drop')
})
