// The two texts of rules, as text or as a form, with what to do with them: keep them as a revision, and build a
// candidate to see what they would change.

import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Generation, GroupingState, Revision } from '../../../core/contract/grouping.ts'
import { ruleVariables } from '../../../core/grouping/rules/reference.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { changeGenerations } from '../../data/grouping.ts'
import { may, projectPath } from '../../data/session.ts'
import { readStored, writeStored } from '../../data/storage.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { RuleForm } from './RuleForm.tsx'
import { RuleText } from './RuleText.tsx'
import { useCheck } from './check.ts'
import { type Draft, type Language, languages } from './draft.ts'
import { cannotGroup } from './words.ts'

const labels = {
  rules: { label: 'Fingerprint rules', hint: 'The first rule that matches decides what an event is grouped by.', placeholder: 'error.type:TimeoutError stack.module:db.* -> db-timeout, {{ stack.module }} title="Database timeout"' },
  frameRules: { label: 'Frame rules', hint: 'Which frames are yours, which are a library’s, which never count. The last rule that matches decides.', placeholder: 'stack.module:acme.generated.** -app' },
} as const
const shownAs = 'refold.rules'

type EditorProps = { project: string; state: GroupingState; draft: Draft; onBuilt: (generation: Generation) => void; onSaid: (text: string) => void }

export function RuleEditor(props: EditorProps) {
  const check = useCheck(() => props.project, () => props.draft)
  const [asForm, setAsForm] = createSignal(readStored(shownAs) === 'form')
  const [version, setVersion] = createSignal<Generation['version'] | null>(null)
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<string | null>(null)
  const chosen = () => version() ?? props.state.live.version
  const problemsOf = (language: Language) => check.problems().filter((problem) => problem.language === language)
  const show = (form: boolean): void => {
    setAsForm(form)
    writeStored(shownAs, form ? 'form' : null)
  }

  const run = async (work: () => Promise<void>): Promise<void> => {
    if (blocked() !== null || busy()) return
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error.message)
    } finally {
      setBusy(false)
    }
  }
  const save = async (): Promise<void> => {
    const { rules, frameRules } = props.draft.texts
    const { body } = await request<Revision>('POST', projectPath(props.project, 'grouping/revisions/'), { body: { rules, frameRules } })
    props.draft.follow({ rules, frameRules })
    await Promise.all(['revisions', 'grouping'].map((key) => client.invalidateQueries({ queryKey: [key, props.project] })))
    props.onSaid(`Saved as revision ${body.id}. It changes no issue: build a candidate to see what it would change.`)
  }
  const build = async (): Promise<void> => {
    if (props.draft.isDirty()) await save()
    props.onBuilt((await changeGenerations<Generation>(props.project, 'POST', '', { version: chosen() })).body)
  }
  const isEmpty = (): boolean => languages.every((language) => props.draft.texts[language].trim() === '')
  const sayCheck = (): string => {
    if (check.problems().length > 0 || isEmpty()) return ''
    if (check.failure() !== null) return `What they hit is not known. ${check.failure()}`
    return check.looked() === null ? 'Looking at the newest events …' : `What they hit among the newest ${formatNumber(check.looked()!, 'event')}.`
  }
  /** Why nothing can be built, as a sentence. */
  const blocked = (): string | null => {
    if (!may('project:write')) return cannotGroup
    const count = check.problems().length
    return count === 0 ? null : `${formatNumber(count, 'line')} cannot be read. Correct ${count === 1 ? 'it' : 'them'} first.`
  }
  const sayDraft = (): string => {
    if (props.draft.isDirty()) return 'Not saved. Saving makes a revision and changes no issue.'
    return isEmpty() ? 'No rules: the algorithm alone decides.' : 'Saved. A candidate shows what these rules would make of every event, before anything changes.'
  }
  return (
    <section class="section rule-editor" aria-labelledby="rules">
      <div class="rule-editor-head">
        <h2 id="rules">Rules</h2>
        <div class="btn-group" role="group" aria-label="Show rules as">
          <Button pressed={!asForm()} onClick={() => show(false)}>Text</Button>
          <Button pressed={asForm()} onClick={() => show(true)}>Form</Button>
        </div>
      </div>
      <datalist id="rule-variables"><For each={ruleVariables}>{(word) => <option value={`{{ ${word.name.replace('tags.X', 'tags.name')} }}`}>{word.description}</option>}</For></datalist>
      <For each={languages}>
        {(language): JSX.Element => (
          <Show when={asForm()} fallback={
            <RuleText {...labels[language]} text={props.draft.texts[language]} problems={problemsOf(language)} hits={check.hits(language)} onInput={(text) => props.draft.write(language, text)} />
          }>
            <RuleForm language={language} label={labels[language].label} hint={labels[language].hint} text={props.draft.texts[language]} problems={problemsOf(language)} hits={check.hits(language)} onInput={(text) => props.draft.write(language, text)} />
          </Show>
        )}
      </For>
      <p class="rule-check meta" role="status">
        {sayCheck()}
      </p>
      <Show when={failure()}>{(text) => <p class="field-error" role="alert">{text()}</p>}</Show>
      <div class="rule-actions">
        <Button aria-disabled={busy() || blocked() !== null || !props.draft.isDirty()} aria-describedby="rule-why" onClick={() => props.draft.isDirty() && void run(save)}>Save</Button>
        <Button kind="primary" aria-disabled={busy() || blocked() !== null} aria-describedby="rule-why" onClick={() => void run(build)}>{props.draft.isDirty() ? 'Save and build candidate' : 'Build candidate'}</Button>
        <label class="rule-version">with <select class="input" aria-label="Algorithm" onChange={(event) => setVersion(event.currentTarget.value as Generation['version'])}>
          <For each={props.state.versions}>{(one) => <option value={one} selected={one === chosen()}>{one}</option>}</For>
        </select></label>
        <Show when={props.draft.isDirty()}><Button kind="quiet" onClick={() => props.draft.revert()}>Discard changes</Button></Show>
      </div>
      <p class="hint" id="rule-why" role="status">{blocked() ?? sayDraft()}</p>
    </section>
  )
}
