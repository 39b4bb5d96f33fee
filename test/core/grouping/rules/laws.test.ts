// Laws of rules, over random texts, forms and events (grouping.md 7).

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillVariables, readFingerprint } from '../../../../core/grouping/fingerprint.ts'
import { compileFrameRules, compileRules } from '../../../../core/grouping/rules/compile.ts'
import type { ParsedMatcher } from '../../../../core/grouping/rules/matcher.ts'
import { formatFrameRule, type FrameRuleContent } from '../../../../core/grouping/rules/parse-frame-rule.ts'
import { formatRule, type RuleContent } from '../../../../core/grouping/rules/parse-rule.ts'
import { frameActions, frameRuleMatchers, ruleMatchers, ruleVariables, type MatcherWord } from '../../../../core/grouping/rules/reference.ts'
import { judgeVariables } from '../../../../core/grouping/rules/variables.ts'
import { compiled } from './given.ts'

const pieces = ['error.type', 'type', 'tags.', 'stack.abs_path', 'message', 'family', 'app', 'native', 'yes', ':', ':', '!', '"', '\\', '*', '?', '**', '/', ' ', ' ', ' -> ', ' -> ', '->', ',', '{{', '}}', '{{ default }}', '{{ type }}', 'title=', 'drop', ' +app', '#', '\n', '\r\n', '\t', '\u00a0', '\u0000', '\ud83d', '😀', 'x', 'level:a -> x\n', 'module:a drop\n']
const texts = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 30 }).map((list) => list.join(''))

/** Text as a line can hold it. */
const lineText = fc.string({ unit: fc.oneof(fc.constantFrom(' ', '"', '\\', ',', '{', '}', '#', ':', '!', '-', '>', 'a', '\u00a0', 'title='), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), minLength: 1, maxLength: 12 })
const place = fc.constantFrom(...ruleVariables.map(({ name }) => `{{ ${name.replace('X', 'a:b,"c"')} }}`).filter((text) => !text.includes('default')))
const part = fc.oneof(lineText, fc.constantFrom('{{ default }}', '{{default}}'), fc.tuple(lineText, place, lineText).map((list) => list.join(''))).filter((text) => judgeVariables(text, 'part') === undefined)

function matcherOf(words: readonly MatcherWord[]): fc.Arbitrary<ParsedMatcher> {
  return fc.constantFrom(...words).chain((word) =>
    fc.record({
      negated: fc.boolean(),
      name: word.name === 'tags.X' ? lineText.map((text) => `tags.${text}`) : fc.constant(word.name),
      glob: word.values ? fc.constantFrom(...word.values) : fc.oneof(lineText, lineText.map((text) => `**/${text}?`)),
    }),
  )
}

const ruleContent: fc.Arbitrary<RuleContent> = fc.tuple(fc.array(matcherOf(ruleMatchers), { minLength: 1, maxLength: 5 }), fc.array(part, { minLength: 1, maxLength: 5 }), fc.option(fc.tuple(lineText, place).map(([text, variable]) => text.replaceAll('{', '') + variable)))
  .map(([matchers, parts, title]) => ({ matchers, parts, ...(title === null ? {} : { title }) }))
const frameRuleContent: fc.Arbitrary<FrameRuleContent> = fc.record({ matchers: fc.array(matcherOf(frameRuleMatchers), { minLength: 1, maxLength: 5 }), action: fc.constantFrom(...frameActions.map(({ action }) => action)) })

describe('a text', () => {
  test.each([['fingerprint', compileRules], ['frame', compileFrameRules]] as const)('of %s rules compiles or lists its bad lines, in order and inside them', (_, compile) => {
    let compiles = 0
    fc.assert(
      fc.property(texts, (text) => {
        const outcome = compile(text)
        const lines = text.split(/\r\n|\r|\n/)
        if ('errors' in outcome) {
          expect(outcome.errors.length).toBeGreaterThan(0)
          for (const [index, error] of outcome.errors.entries()) {
            expect(error.line).toBeGreaterThan(outcome.errors[index - 1]?.line ?? 0)
            expect(error.column).toBeGreaterThan(0)
            expect(error.column).toBeLessThanOrEqual((lines[error.line - 1] ?? '').length + 1)
            expect(error.message).not.toBe('')
          }
          const bad = new Set(outcome.errors.map(({ line }) => line))
          expect('list' in compile(lines.filter((_line, index) => !bad.has(index + 1)).join('\n'))).toBe(true)
        } else {
          compiles++
          for (const rule of outcome.list) expect(lines[rule.line - 1]?.trim()).toBe(rule.text)
        }
      }),
      { numRuns: 3000 },
    )
    expect(compiles).toBeGreaterThan(50)
  })
})

describe('a rule as a form holds it', () => {
  test('has a text that parses to the same', () => {
    fc.assert(
      fc.property(ruleContent, (content) => {
        const text = formatRule(content)
        expect(compileRules(text)).toMatchObject({ list: [{ ...content, line: 1, text }] })
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(frameRuleContent, (content) => {
        const text = formatFrameRule(content)
        expect(compileFrameRules(text)).toMatchObject({ list: [{ ...content, line: 1, text }] })
      }),
    )
  })

  test('is written as short as it can be', () => {
    const { list } = compiled(compileRules('!type:"Timeout*"   "tags.a":"x y" ->   "db",{{stack.module}} , "a b"  title="T"'))
    expect(formatRule(list[0]!)).toBe('!error.type:Timeout* tags.a:"x y" -> db, {{stack.module}}, "a b" title="T"')
  })

  test('stays on one line', () => {
    expect(formatRule({ matchers: [{ negated: false, name: 'message', glob: 'a\r\nb' }], parts: ['c\nd'] })).toBe('message:"a b" -> "c d"')
  })
})

const names = ['exception', 'values', 'type', 'value', 'stacktrace', 'frames', 'function', 'module', 'abs_path', 'filename', 'package', 'in_app', 'logentry', 'message', 'transaction', 'tags', 'key', 'level', 'platform', 'threads', 'crashed', 'sdk', 'name']
const leaf = fc.oneof(fc.constantFrom(null, true, '', 'a', 'a/b', '\\a', 'native', 1e308, -0), fc.string({ unit: 'binary' }), fc.double())
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 7 })),
}))

const field = fc.oneof({ weight: 20, arbitrary: leaf }, { weight: 1, arbitrary: anything })
const few = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(each, { maxLength: 3 })
const stacktrace = fc.record({ frames: few(fc.record({ module: field, function: field, abs_path: field, package: field, in_app: field })) })
const event = fc.record({ exception: few(fc.record({ type: field, value: field, stacktrace })), threads: few(fc.record({ crashed: field, stacktrace })), level: field, message: field, tags: anything })

test('any JSON value can be matched, the same twice, and is not changed', () => {
  const every = ruleMatchers.filter(({ name }) => name !== 'family').map(({ name }) => `!${name}:*a* ${name}:${name === 'app' ? 'yes' : '*?'} -> x`).join('\n').replace('!app:*a*', '!app:no')
  const { rules } = compiled(compileRules(every))
  const { rules: frameRules } = compiled(compileFrameRules('type:a* module:* path:**/b drop\n!function:* !package:*/? -app'))
  let matched = 0
  fc.assert(
    fc.property(fc.oneof(anything, event), (value) => {
      const before = structuredClone(value)
      const payload = value as { [key: string]: unknown }
      const match = rules.match(payload)
      if (match) matched++
      expect(rules.match(payload)).toEqual(match)
      if (typeof value === 'object' && value !== null) frameRules.judge(payload, { family: 'other', errorType: '' })
      expect(value).toEqual(before)
    }),
    { numRuns: 500 },
  )
  expect(matched).toBeGreaterThan(50)
})

test('what may be saved names only variables that fingerprints know', () => {
  for (const { name, short } of ruleVariables.filter((word) => word.name !== 'default')) {
    for (const each of [name, short ?? name]) expect(fillVariables(`{{ ${each} }}`, {})).not.toMatch(/unknown-variable|\{\{/)
  }
  expect(fillVariables('{{ foo }}', {})).toBe('<unknown-variable-foo>')
  expect(readFingerprint(['{{ default }}', 'x'], {})).toEqual([null, 'x'])
})
