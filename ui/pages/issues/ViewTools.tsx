// What can be done with the view that is shown: keep what was changed, as itself or under a new name, or go back; and of
// one's own, rename, move, delete.

import { Show, createSignal } from 'solid-js'
import { ApiFailure } from '../../data/api.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { Menu, MenuItem, MenuRule } from '../../parts/basic/Menu.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { sayFailure } from '../../data/failure.ts'
import { changeView, deleteView, saveNewView } from '../../data/savedViews.ts'
import type { ListView, ShownView } from './shownView.ts'
import type { ViewOrder } from './viewOrder.ts'

export function ViewTools(props: { view: ShownView; order: ViewOrder }) {
  const [naming, setNaming] = createSignal<'new' | 'rename' | null>(null)
  const [isDeleting, setDeleting] = createSignal(false)
  const own = (): ListView | null => (props.view.active()?.own ? props.view.active() : null)
  const isChanged = (): boolean => props.view.isChanged() && props.view.isKnown()
  const save = (view: ListView): void => {
    changeView(props.view.project(), view.key, props.view.toSave()).then(
      () => showToast({ text: `${view.name} saved` }),
      (error: unknown) => showToast({ kind: 'error', text: `${view.name} was not saved: ${sayFailure(error)}`, action: { label: 'Retry', run: () => save(view) } }),
    )
  }
  const name = async (text: string): Promise<void> => {
    const view = own()
    if (naming() === 'new') props.view.open(await saveNewView(props.view.project(), { name: text, ...props.view.toSave() }))
    else if (view) await changeView(props.view.project(), view.key, { name: text })
  }
  const remove = async (): Promise<void> => {
    const view = own()
    if (!view) return
    await deleteView(props.view.project(), view.key)
    props.view.leave()
  }
  return (
    <Show when={isChanged() || own()}>
      <div class="view-tools">
        <Show when={isChanged()}>
          <Show when={own()}>{(view) => <Button kind="primary" onClick={() => save(view())}>Save</Button>}</Show>
          <Button onClick={() => setNaming('new')}>Save as…</Button>
          <Show when={props.view.active()}>{(view) => <a class="btn" data-kind="quiet" href={props.view.resetHref(view())}>Reset</a>}</Show>
        </Show>
        <Show when={own()}>
          {(view) => (
            <Menu label="View" name={`View ${view().name}`}>
              <MenuItem onSelect={() => setNaming('rename')}>Rename…</MenuItem>
              <MenuItem disabled={!props.order.mayMove(view().key, -1)} onSelect={() => props.order.move(view().key, -1)}>Move left</MenuItem>
              <MenuItem disabled={!props.order.mayMove(view().key, 1)} onSelect={() => props.order.move(view().key, 1)}>Move right</MenuItem>
              <MenuRule />
              <MenuItem kind="danger" onSelect={() => setDeleting(true)}>Delete…</MenuItem>
            </Menu>
          )}
        </Show>
      </div>
      <Dialog open={naming() !== null} title={naming() === 'rename' ? 'Rename view' : 'Save as a view'} onClose={() => setNaming(null)}>
        <NameForm name={naming() === 'rename' ? (own()?.name ?? '') : ''} action={naming() === 'rename' ? 'Rename' : 'Save view'} onName={name} onClose={() => setNaming(null)} />
      </Dialog>
      <Confirm
        open={isDeleting()} title={`Delete ${own()?.name ?? 'view'}?`} text="Only the view goes; its issues stay. Nobody else has it." action="Delete view" onClose={() => setDeleting(false)}
        run={remove}
      />
    </Show>
  )
}

function NameForm(props: { name: string; action: string; onName: (name: string) => Promise<void>; onClose: () => void }) {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [busy, setBusy] = createSignal(false)
  let field: HTMLInputElement | undefined
  // What is refused of the list itself has no field of its own here.
  const refused = (): string | undefined => Object.values(failure()?.fields ?? {})[0]?.[0]
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    try {
      await props.onName(field?.value.trim() ?? '')
      props.onClose()
    } catch (error) {
      setFailure(error instanceof ApiFailure ? error : new ApiFailure(0, String(error)))
      setBusy(false)
      field?.focus()
    }
  }
  return (
    <form class="mt-3 grid gap-3" onSubmit={(event) => void submit(event)}>
      <Field label="Name" hint="Query, sort, environments, time and columns are kept with it. Only you see it." error={refused()}>
        {(ids) => <input class="input" ref={(element) => (field = element)} {...ids} value={props.name} maxlength={64} required autocomplete="off" />}
      </Field>
      <FormError failure={failure()} />
      <div class="dialog-actions">
        <Button kind="primary" type="submit" disabled={busy()}>{props.action}</Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </form>
  )
}
