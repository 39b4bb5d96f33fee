// One key: its DSN, what it may send, when it was last used, and what can be done with it.

import { type JSX, Show } from 'solid-js'
import type { ProjectKey } from '../../../core/contract/project.ts'
import { may } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatExact } from '../../parts/basic/format.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { CopyButton } from '../../parts/basic/CopyButton.tsx'
import { Menu, MenuItem } from '../../parts/basic/Menu.tsx'
import { windowLabel } from './quotaWords.ts'

type Props = { key: ProjectKey; onChange: () => void; onToggle: () => void; onRotate: () => void; onDelete: () => void }

export function KeyRow(props: Props): JSX.Element {
  const limit = (): string => {
    const { rateLimit } = props.key
    return rateLimit === null ? 'no limit of its own' : `at most ${formatExact(rateLimit.count)} errors per ${windowLabel(rateLimit.window)}`
  }
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-rule px-4 py-2.5" data-key={props.key.id}>
      <div class="min-w-0 grow basis-80">
        <strong>{props.key.name}</strong> <span class={props.key.isActive ? 'meta' : 'text-tx-warning'}>{props.key.isActive ? 'enabled' : 'disabled'}</span>
        <code class="block text-ink-2 select-all">{props.key.dsn.public}</code>
        <p class="meta text-xs">
          Made <Ago time={props.key.dateCreated} words /> · {limit()} ·{' '}
          <Show when={props.key.refold?.lastEvent} fallback="no event by it lately">
            {(time) => (
              <>
                last event <Ago time={time()} words />
              </>
            )}
          </Show>
        </p>
      </div>
      <div class="flex flex-wrap gap-2">
        <CopyButton text={props.key.dsn.public} label="Copy DSN" name={`Copy DSN of ${props.key.name}`} />
        <Show when={may('project:write')}>
          <Button aria-label={`Change ${props.key.name}`} onClick={() => props.onChange()}>
            Change
          </Button>
          <Button class="min-w-19" aria-label={`${props.key.isActive ? 'Disable' : 'Enable'} ${props.key.name}`} onClick={() => props.onToggle()}>
            {props.key.isActive ? 'Disable' : 'Enable'}
          </Button>
          <Menu label="More" name={`More for ${props.key.name}`}>
            <MenuItem onSelect={() => props.onRotate()}>Rotate…</MenuItem>
            <Show when={may('project:admin')}>
              <MenuItem onSelect={() => props.onDelete()}>Delete…</MenuItem>
            </Show>
          </Menu>
        </Show>
      </div>
    </li>
  )
}
