// Where: the environments that the events of a project name, any number of them.

import { queryOptions } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import type { Environment } from '../../../core/contract/lookup.ts'
import { read } from '../../data/api.ts'
import { org, projectPath } from '../../data/session.ts'
import { watchQuery } from '../../data/watchQuery.ts'
import { Menu, MenuChecks, MenuItem, MenuRule } from '../basic/Menu.tsx'
import { toVisible } from '../event/visible.ts'
import { ClearFilter } from './ClearFilter.tsx'

const environmentsQuery = (project: string) =>
  queryOptions({ queryKey: ['environments', project], queryFn: ({ signal }) => read<Environment[]>(projectPath(project, 'environments/'), { signal }), enabled: org() !== null, reconcile: false })

/** `production`, `production +1`. */
export const sayEnvironments = (names: readonly string[]): string =>
  names.length === 0 ? 'All environments' : `${toVisible(names[0]!, 40)}${names.length > 1 ? ` +${names.length - 1}` : ''}`

type PickerProps = { project: string; chosen: readonly string[]; onPick: (names: string[]) => void }

export function EnvironmentPicker(props: PickerProps) {
  return (
    <span class="btn-group">
      <Menu label={sayEnvironments(props.chosen)} name={`Environment: ${sayEnvironments(props.chosen)}`} title={props.chosen.length > 1 ? props.chosen.map((name) => toVisible(name, 40)).join(', ') : undefined}>
        <Names {...props} />
      </Menu>
      <Show when={props.chosen.length > 0}><ClearFilter name={`Clear environment: ${sayEnvironments(props.chosen)}`} onClear={() => props.onPick([])} /></Show>
    </span>
  )
}

/** There only while the menu is open: they are asked for when they are wanted. */
function Names(props: PickerProps) {
  const environments = watchQuery(() => environmentsQuery(props.project))
  const named = () => (environments().data ?? []).map(({ name }) => name)
  // One of the address may be gone from the project.
  const all = () => [...new Set([...named(), ...props.chosen])]
  return (
    <Show when={all().length > 0} fallback={<MenuItem disabled onSelect={() => undefined}>{environments().isPending ? 'Loading…' : environments().isError ? 'They could not be read' : 'No event names one yet'}</MenuItem>}>
      <MenuChecks label="Environments" values={props.chosen} options={all().map((name) => ({ value: name, label: toVisible(name, 60) }))} onPick={(names) => props.onPick(names)} />
      <Show when={props.chosen.length > 0}>
        <MenuRule />
        <MenuItem onSelect={() => props.onPick([])}>All environments</MenuItem>
      </Show>
    </Show>
  )
}
