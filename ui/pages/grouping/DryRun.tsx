// One pasted event: which key it gets by the rules in the editor, why, and by which rule.

import { createSignal, Show } from 'solid-js'
import type { Generation, Grouped } from '../../../core/contract/grouping.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { projectPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { Plain } from '../../parts/event/Plain.tsx'
import { ClosedSection } from '../../parts/event/Section.tsx'
import { WhyGrouped } from '../../parts/event/WhyGrouped.tsx'
import type { Draft } from './draft.ts'

export function DryRun(props: { project: string; draft: Draft; version: Generation['version'] }) {
  return <ClosedSection id="try-event" title="Try an event"><Form {...props} /></ClosedSection>
}

function Form(props: { project: string; draft: Draft; version: Generation['version'] }) {
  const [text, setText] = createSignal('')
  const [answer, setAnswer] = createSignal<Grouped | null>(null)
  const [failure, setFailure] = createSignal<string | null>(null)
  const ask = async (): Promise<void> => {
    setFailure(null)
    setAnswer(null)
    try {
      const { rules, frameRules } = props.draft.texts
      const { body } = await request<Grouped>('POST', projectPath(props.project, 'grouping/dry-run/'), { body: { event: JSON.parse(text()), rules, frameRules, version: props.version } })
      if (body.problems.length > 0) setFailure('The rules in the editor cannot be read.')
      else setAnswer(body)
    } catch (error) {
      if (error instanceof SyntaxError) setFailure(`This is not JSON: ${error.message}`)
      else if (error instanceof ApiFailure) setFailure(error.message)
      else throw error
    }
  }
  return (
    <form class="dry-run" onSubmit={(event) => { event.preventDefault(); void ask() }}>
      <Field label="Event as JSON" hint="As an SDK sends it. It is grouped by the rules in the editor, and stored nowhere." error={failure() ?? undefined}>
        {(ids) => <textarea {...ids} class="input mono" rows="6" spellcheck={false} autocomplete="off" value={text()} onInput={(event) => setText(event.currentTarget.value)} />}
      </Field>
      <div><Button type="submit">Group it</Button></div>
      <div role="status">
        <Show when={answer()}>
          {(grouped) => (
            <>
              <WhyGrouped grouping={grouped().grouping} title="How it is grouped" />
              <Show when={grouped().issue} fallback={<p class="note">No issue has this key now.</p>}>{(issue) => <p class="note">It belongs to <a class="link" href={`/issues/${issue().shortId}`}><Plain text={`${issue().shortId} ${issue().title}`} limit={160} /></a>.</p>}</Show>
            </>
          )}
        </Show>
      </div>
    </form>
  )
}
