// One condition of a rule: is or is not, of what, and the text it must match.

import { createMemo, For, Show } from 'solid-js'
import type { ParsedMatcher } from '../../../core/grouping/rules/matcher.ts'
import { findWord, frameRuleMatchers, ruleMatchers } from '../../../core/grouping/rules/reference.ts'
import type { Language } from './draft.ts'

const tagPrefix = 'tags.'

export function MatcherFields(props: { language: Language; matcher: ParsedMatcher; name: string; onChange: (matcher: ParsedMatcher) => void }) {
  const words = () => (props.language === 'rules' ? ruleMatchers : frameRuleMatchers)
  const word = createMemo(() => findWord(words(), props.matcher.name))
  const isTag = () => props.matcher.name.startsWith(tagPrefix)
  const change = (part: Partial<ParsedMatcher>) => props.onChange({ ...props.matcher, ...part })
  return (
    <>
      <select class="input rule-name" aria-label={`${props.name}: of what`} title={word()?.description} onChange={(event) => change({ name: event.currentTarget.value === 'tags.X' ? `${tagPrefix}name` : event.currentTarget.value })}>
        <For each={words()}>{(one) => <option value={one.name} selected={one === word()}>{one.name === 'tags.X' ? 'tag' : one.name}</option>}</For>
      </select>
      <Show when={isTag()}><input class="input mono rule-tag" aria-label={`${props.name}: name of the tag`} value={props.matcher.name.slice(tagPrefix.length)} onInput={(event) => change({ name: `${tagPrefix}${event.currentTarget.value}` })} /></Show>
      <select class="input rule-is" aria-label={`${props.name}: is or is not`} onChange={(event) => change({ negated: event.currentTarget.value === 'is not' })}>
        <option selected={!props.matcher.negated}>is</option>
        <option selected={props.matcher.negated}>is not</option>
      </select>
      <Show when={word()?.values && props.matcher.name === 'app'} fallback={
        <input class="input mono rule-glob" aria-label={`${props.name}: text`} value={props.matcher.glob} placeholder={word()?.values?.join(', ') ?? '* stands for any text'} onInput={(event) => change({ glob: event.currentTarget.value })} />
      }>
        <select class="input rule-is" aria-label={`${props.name}: text`} onChange={(event) => change({ glob: event.currentTarget.value })}>
          <For each={word()?.values}>{(value) => <option selected={value === props.matcher.glob}>{value}</option>}</For>
        </select>
      </Show>
    </>
  )
}
