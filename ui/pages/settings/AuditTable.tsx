// Lines of the audit log: when, who, what. What was decided in full opens below the line.

import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import type { AuditEntry } from '../../../core/contract/audit.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Plain } from '../../parts/event/Plain.tsx'

export function AuditTable(props: { rows: readonly AuditEntry[] }): JSX.Element {
  return (
    <table class="table" aria-label="Audit log">
      <thead>
        <tr>
          <th scope="col" class="pl-4">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col" class="max-md:hidden">Project</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>{(row) => <Row row={row} />}</For>
      </tbody>
    </table>
  )
}

function Row(props: { row: AuditEntry }): JSX.Element {
  const who = (): string => props.row.actor?.name || props.row.actor?.email || byItself(props.row.refold.actor)
  return (
    <tr data-audit={props.row.event}>
      <td class="pl-4 whitespace-nowrap text-ink-2"><Ago time={props.row.dateCreated} words /></td>
      <td class="py-1.5!">{who()}</td>
      <td class="py-1.5!"><What row={props.row} /></td>
      <td class="text-ink-2 max-md:hidden">{props.row.refold.project ?? '–'}</td>
    </tr>
  )
}

function What(props: { row: AuditEntry }): JSX.Element {
  const issue = (): unknown => props.row.data.issue
  return (
    <>
      <Show when={typeof issue() === 'number'} fallback={<Plain text={props.row.note} />}>
        <A class="link inline-flex min-h-6 items-center" href={`/issues/${String(issue())}`}><Plain text={props.row.note} /></A>
      </Show>
      <details>
        <summary class="meta min-h-6 cursor-pointer">{props.row.event}</summary>
        <pre class="text-ink-2 whitespace-pre-wrap"><Plain text={JSON.stringify(props.row.data, null, 2)} limit={5_000} /></pre>
      </details>
    </>
  )
}

/** `system:retention` is the installation itself; an account that is gone keeps its number. */
function byItself(actor: string | null): string {
  if (actor === null || actor.startsWith('system:')) return 'Refold itself'
  return actor.replace(':', ' ')
}
