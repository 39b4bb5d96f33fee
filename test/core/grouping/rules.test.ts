// A project's rules in the key: they replace the client's fingerprint, and say whose a frame is (grouping.md 1.1, 4).
// How the texts of rules are read is tested in rules/.

import { describe, expect, test } from 'vitest'
import { group } from '../../../core/grouping/group.ts'
import type { CompiledFrameRules, CompiledRules, FrameAction, RuleMatch } from '../../../core/grouping/types.ts'

const own = { function: 'pay', module: 'shop', in_app: true }
const foreign = { function: 'send', module: 'http', in_app: false }
const event = { platform: 'python', exception: [{ type: 'TimeoutError', value: 'after 12 s', stacktrace: { frames: [own, foreign] } }], fingerprint: ['of the client'], checksum: 'c' }

const rulesThat = (match: Pick<RuleMatch, 'parts' | 'title'> | undefined): CompiledRules => ({ match: () => match && { ...match, line: 3, text: 'a:b -> c' } })

describe('a rule', () => {
  test('replaces the client’s fingerprint, variables filled in, and quotes itself', () => {
    expect(group(event, { version: 'v2', rules: rulesThat({ parts: ['db', '{{ stack.module }} {{ tags.x }}'], title: '{{ error.type }}: {{ message }}' }) })).toEqual({
      ...group({ ...event, fingerprint: ['db', 'shop <no-tag>'] }, { version: 'v2' }),
      notes: ['fingerprint from the project rule a:b -> c'],
      rule: { line: 3, text: 'a:b -> c' },
      title: 'TimeoutError: after <v>',
    })
  })

  test('may add to the default components', () => {
    const grouping = group(event, { version: 'v2', rules: rulesThat({ parts: ['{{ default }}', 'x'] }) })
    expect(grouping).toMatchObject({ version: 'v2', strategy: 'hybrid+exception-stack', components: [['D', ''], ['E', ''], ['t', 'TimeoutError'], ['f', 'shop\u001Fpay'], ['/', ''], ['F', 'x']] })
    expect(grouping.key).toBe(group({ ...event, fingerprint: ['{{ default }}', 'x'] }, { version: 'v2' }).key)
    expect(grouping).not.toHaveProperty('title')
  })

  test('may take the client’s fingerprint away', () => {
    const { checksum: _, ...plain } = event
    expect(group(plain, { version: 'v1', rules: rulesThat({ parts: ['{{default}}'] }) })).toMatchObject({ strategy: 'exception', notes: ['fingerprint from the project rule a:b -> c'], rule: { line: 3 } })
  })

  test('that does not match changes nothing', () => {
    expect(group(event, { version: 'v2', rules: rulesThat(undefined) })).toEqual(group(event, { version: 'v2' }))
  })
})

describe('a frame rule', () => {
  const plain = { ...event, fingerprint: null, checksum: null }
  const judged: unknown[] = []
  const frameRules = (action: FrameAction['action'], name: string): CompiledFrameRules => ({
    judge: (frame, about) => {
      judged.push(about)
      return frame.function === name ? { action, line: 7, text: `function:${name} ${action}` } : undefined
    },
  })
  const framesOf = (action: FrameAction['action'], name: string) => {
    const { components, notes } = group(plain, { version: 'v2', frameRules: frameRules(action, name) })
    return { frames: components.filter(([tag]) => tag === 'f' || tag === 's').map(([tag, value]) => `${tag} ${value.replace('\u001F', ' ')}`), notes }
  }

  test('makes a library’s frame the application’s, and is quoted', () => {
    expect(framesOf('app', 'send')).toEqual({ frames: ['f shop pay', 'f http send'], notes: ['frame rule 7 applied: function:send app', 'message ignored: the stack trace takes precedence'] })
  })

  test('makes the application’s frame a library’s', () => {
    expect(framesOf('library', 'pay').frames).toEqual(['s shop pay', 's http send'])
  })

  test('keeps a native frame of the system that it calls the application’s', () => {
    const event = { platform: 'native', exception: [{ type: 'E', stacktrace: { frames: [own, { function: 'send', package: '/usr/lib/libnet.so' }, own] } }] }
    const componentsOf = (rules?: CompiledFrameRules) => group(event, { version: 'v2', ...(rules && { frameRules: rules }) }).components.map(([, value]) => value)
    expect(componentsOf()).toEqual(['', 'E', '\u001Fpay', '\u001Fpay'])
    expect(componentsOf(frameRules('app', 'send'))).toEqual(['', 'E', '\u001Fpay', '\u001Fsend', '\u001Fpay'])
  })

  test('drops a frame', () => {
    expect(framesOf('drop', 'pay').frames).toEqual(['s http send'])
  })

  test('knows the family and the exception’s type', () => {
    judged.length = 0
    framesOf('app', 'x')
    group({ platform: 'node', stacktrace: { frames: [own] } }, { version: 'v2', frameRules: frameRules('app', 'x') })
    expect(judged).toEqual([{ family: 'other', errorType: 'TimeoutError' }, { family: 'other', errorType: 'TimeoutError' }, { family: 'javascript', errorType: '' }])
  })
})
