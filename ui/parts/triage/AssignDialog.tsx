// Who takes it: oneself first, then nobody, then everybody else whom it can be assigned to.

import type { Issue } from '../../../core/contract/issue.ts'
import type { Member } from '../../../core/contract/member.ts'
import { read } from '../../data/api.ts'
import { org, projectPath, user } from '../../data/session.ts'
import { watchQuery } from '../../data/watchQuery.ts'
import { Dialog } from '../basic/Dialog.tsx'
import { Region } from '../basic/Region.tsx'
import { nameIssues } from './decide.ts'
import { assignTo, unassign } from './decisions.ts'
import { type Pick, PickList } from './PickList.tsx'
import type { Triage } from './useTriage.ts'

const nobody = ''

export function AssignDialog(props: { room: Triage; issues: Issue[] }) {
  const slug = () => props.issues[0]!.project.slug
  const members = watchQuery(() => ({ queryKey: ['assignees', slug()], queryFn: ({ signal }: { signal: AbortSignal }) => read<Member[]>(projectPath(slug(), 'members/'), { signal }), enabled: org() !== null }))
  const people = () => (members().data ?? []).flatMap((member) => (member.user === null ? [] : [{ id: member.user.id, name: member.name || member.email, email: member.email }]))
  const options = (): Pick[] => {
    const me = user()
    const mine = me === null ? [] : [{ value: me.id, text: `${me.name || me.email} (you)` }]
    return [...mine, { value: nobody, text: 'Nobody' }, ...people().filter(({ id }) => id !== me?.id).map(({ id, name, email }) => ({ value: id, text: name, mark: email === name ? undefined : email }))]
  }
  const chosen = (): string | undefined => {
    const all = new Set(props.issues.map(({ assignedTo }) => assignedTo?.id ?? nobody))
    return all.size === 1 ? [...all][0] : undefined
  }
  const pick = ({ value, text }: Pick): void => {
    const me = user()
    if (value === nobody) props.room.answer(unassign)
    else if (value === me?.id) props.room.answer(assignTo({ id: value, name: me.name || me.email }, true))
    else props.room.answer(assignTo({ id: value, name: text }, false))
  }
  return (
    <Dialog open title={`Assign ${nameIssues(props.issues)} to`} onClose={props.room.close}>
      <PickList label="Who" placeholder="Filter people" options={options()} chosen={chosen()} onPick={pick} empty="Nobody is called that." />
      <Region query={members()}>{null}</Region>
    </Dialog>
  )
}
