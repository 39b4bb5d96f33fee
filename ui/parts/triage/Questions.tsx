// What triage asks before it acts: a menu for the time of an archive, dialogs for people, releases and numbers, and "are you
// sure" for what cannot be taken back.

import { Match, onCleanup, Switch } from 'solid-js'
import { Confirm } from '../basic/Confirm.tsx'
import { ArchiveMenu } from './ArchiveMenu.tsx'
import { AssignDialog } from './AssignDialog.tsx'
import { nameIssues } from './decide.ts'
import { type Matching, type Sweep, countMatching, perSweep, sweep } from './matching.ts'
import { MergeDialog } from './MergeDialog.tsx'
import { NumberDialog } from './NumberDialog.tsx'
import { ReleaseDialog } from './ReleaseDialog.tsx'
import type { Asked, Triage } from './useTriage.ts'

type Of<Kind extends Asked['kind']> = Extract<Asked, { kind: Kind }>

export function Questions(props: { room: Triage }) {
  const asked = <Kind extends Asked['kind']>(kind: Kind): Of<Kind> | undefined => {
    const now = props.room.asked()
    return now?.kind === kind ? (now as Of<Kind>) : undefined
  }
  return (
    <Switch>
      <Match when={asked('archive')}><Back room={props.room} /><ArchiveMenu room={props.room} /></Match>
      <Match when={asked('assign')}>{(now) => <><Back room={props.room} /><AssignDialog room={props.room} issues={now().issues} /></>}</Match>
      <Match when={asked('release')}>{(now) => <><Back room={props.room} /><ReleaseDialog room={props.room} issues={now().issues} /></>}</Match>
      <Match when={asked('number')}>{(now) => <><Back room={props.room} /><NumberDialog room={props.room} what={now().what} issues={now().issues} /></>}</Match>
      <Match when={asked('merge')}>{(now) => <><Back room={props.room} /><MergeDialog room={props.room} issue={now().issues[0]!} /></>}</Match>
      <Match when={asked('delete')}>
        {(now) => (
          <><Back room={props.room} /><Confirm
            open title={`Delete ${nameIssues(now().issues)}?`} action={now().issues.length === 1 ? 'Delete issue' : `Delete ${nameIssues(now().issues)}`} onClose={props.room.close}
            text="Their events are gone for good: nothing brings them back. The next event of the same kind makes a new issue." run={begin(props.room.remove, now().issues)}
          /></>
        )}
      </Match>
      <Match when={asked('sweep')}>{(now) => <><Back room={props.room} /><SweepConfirm room={props.room} asked={now()} /></>}</Match>
    </Switch>
  )
}

/** The focus goes back to the row when it would be lost: once the key that has closed it is done with, or Enter would open the row. */
function Back(props: { room: Triage }) {
  onCleanup(() => setTimeout(() => {
    if (document.activeElement === null || document.activeElement === document.body) props.room.anchor()?.focus({ preventScroll: true })
  }))
  return null
}

function SweepConfirm(props: { room: Triage; asked: Of<'sweep'> }) {
  const words = (): Sweep => props.asked.decision ?? { update: null, shown: {}, said: 'deleted', doing: 'Deleting' }
  const of = () => `${countMatching(props.asked.on)} issues`
  return (
    <Confirm
      open title={`${verbs[words().doing] ?? 'Change'} ${of()}?`} action={`${verbs[words().doing] ?? 'Change'} ${of()}`} onClose={props.room.close}
      text={`Every issue that matches ${sayList(props.asked.on)}, also those that are not loaded, will be ${words().said}${props.asked.on.count > perSweep ? `, ${perSweep.toLocaleString('en')} at a time` : ''}. This cannot be undone.`}
      run={begin(sweepAll, { room: props.room, on: props.asked.on, what: words() })}
    />
  )
}

/** The dialog does not wait: the line under the top bar says how far it is. */
const begin = <T,>(work: (on: T) => Promise<void>, on: T) => (): Promise<void> => {
  void work(on)
  return Promise.resolve()
}

async function sweepAll({ room, on, what }: { room: Triage; on: Matching; what: Sweep }): Promise<void> {
  room.acted()
  await sweep(on, what)
  if (what.update === null) room.removed()
}

const verbs: Record<string, string> = { Resolving: 'Resolve', Reopening: 'Reopen', Archiving: 'Archive', Assigning: 'Assign', Reviewing: 'Review', Deleting: 'Delete' }

function sayList({ query, narrow }: Matching): string {
  const within = [...narrow.environment, ...(narrow.statsPeriod === null ? [] : [`the last ${narrow.statsPeriod}`]), ...(narrow.start === null && narrow.end === null ? [] : ['the chosen time'])]
  return [query === '' ? 'any search' : `“${query}”`, ...(within.length === 0 ? [] : [`in ${within.join(', ')}`])].join(' ')
}
