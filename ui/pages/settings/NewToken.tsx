// Makes a token and shows it once: the value lives in this dialog only, and is gone when it closes (T-01).

import { createSignal, For, type JSX, Show } from 'solid-js'
import type { NewToken as Body, Token } from '../../../core/contract/account.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { may } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { CopyButton } from '../../parts/basic/CopyButton.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { allScopes, scopeWords, usualScopes } from './scopeWords.ts'

/** `build`: of the organization, which holds what a build needs and nothing else. */
type Props = { kind: 'personal' | 'build'; path: string; open: boolean; onClose: () => void; onCreated: () => void }

export function NewToken(props: Props): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.kind === 'personal' ? 'New API token' : 'New build token'} wide>
      <Content kind={props.kind} path={props.path} onClose={props.onClose} onCreated={props.onCreated} />
    </Dialog>
  )
}

function Content(props: Omit<Props, 'open'>): JSX.Element {
  const [value, setValue] = createSignal<string>()
  return (
    <Show
      when={value()}
      fallback={
        <Form
          kind={props.kind}
          path={props.path}
          onCancel={props.onClose}
          onDone={(token) => {
            setValue(token.token)
            props.onCreated()
          }}
        />
      }
    >
      {(text) => (
        <div class="mt-3 grid gap-3" role="status">
          <p>Copy it now: it is not shown again.</p>
          <code class="border border-rule bg-code-bg px-2 py-1 break-all select-all" data-token>
            {text()}
          </code>
          <div class="flex gap-2">
            <CopyButton text={text()} label="Copy token" />
            <Button onClick={() => props.onClose()}>Done</Button>
          </div>
        </div>
      )}
    </Show>
  )
}

function Form(props: Pick<Props, 'kind' | 'path'> & { onCancel: () => void; onDone: (token: Token) => void }): JSX.Element {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const days = Number(form.get('days'))
    const name = String(form.get('name'))
    const body: Body | { name: string } = props.kind === 'build' ? { name } : { name, scopes: allScopes.filter((scope) => form.has(scope)), ...(days > 0 && { expiresInDays: days }) }
    setFailure(undefined)
    try {
      props.onDone((await request<Token>('POST', props.path, { body })).body)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }
  return (
    <form class="mt-3 grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Name" hint="What will use it: deploy script, dashboard …" error={failure()?.fields.name?.[0]}>
        {(ids) => <input {...ids} class="input" name="name" required maxLength={64} autocomplete="off" autofocus />}
      </Field>
      <Show when={props.kind === 'personal'}>
        <fieldset>
          <legend class="legend mb-1">It may</legend>
          <For each={allScopes.filter(may)}>
            {(scope) => (
              <label class="flex min-h-6 items-center gap-2">
                <input class="check" type="checkbox" name={scope} checked={usualScopes.includes(scope)} />
                {scopeWords[scope]} <code class="meta whitespace-nowrap max-sm:hidden">{scope}</code>
              </label>
            )}
          </For>
          <Show when={failure()?.fields.scopes}>{(said) => <p class="field-error" role="alert">{said().join(' ')}</p>}</Show>
        </fieldset>
        <Field label="Expires" error={failure()?.fields.expiresInDays?.[0]}>
          {(ids) => (
            <select {...ids} class="input max-w-40" name="days">
              <option value="0">Never</option>
              <For each={[7, 30, 90, 365]}>{(days) => <option value={days}>In {days} days</option>}</For>
            </select>
          )}
        </Field>
      </Show>
      <FormError failure={failure()} />
      <div class="flex gap-2">
        <Button kind="primary" type="submit">
          Create token
        </Button>
        <Button onClick={() => props.onCancel()}>Cancel</Button>
      </div>
    </form>
  )
}
