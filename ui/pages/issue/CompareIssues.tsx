// "Why are these two issues?": the first difference between the newest events of this issue and of another.

import { useQuery } from '@tanstack/solid-query'
import { createSignal, Show } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { compareQuery } from '../../data/compare.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { Comparison } from '../../parts/event/Comparison.tsx'

type CompareProps = { open: boolean; issue: Pick<Issue, 'id' | 'shortId'>; generation: string | null; onClose: () => void }

export function CompareIssues(props: CompareProps) {
  return <Dialog open={props.open} onClose={props.onClose} title={`Compare ${props.issue.shortId} with another issue`} wide><Form {...props} /></Dialog>
}

function Form(props: CompareProps) {
  const [text, setText] = createSignal('')
  const [other, setOther] = createSignal('')
  const compared = useQuery(() => ({ ...compareQuery(props.issue.id, other(), props.generation), enabled: other() !== '' }))
  return (
    <form class="compare-issues" onSubmit={(event) => { event.preventDefault(); setOther(text().trim()) }}>
      <Field label="The other issue" hint="Its short id, such as SHOP-15K. The newest event of each is compared.">
        {(ids) => <input {...ids} class="input mono" autocomplete="off" spellcheck={false} value={text()} onInput={(event) => setText(event.currentTarget.value)} />}
      </Field>
      <Show when={other() !== ''}>
        <Region query={compared} skeleton={<div class="h-40" />}>
          <Show when={compared.data}>{(two) => <Comparison compared={two()} names={[props.issue.shortId, other().toUpperCase()]} />}</Show>
        </Region>
      </Show>
      <div class="dialog-actions"><Button kind="primary" type="submit">Compare</Button><Button onClick={() => props.onClose()}>Close</Button></div>
    </form>
  )
}
