// In which release it was fixed: events of that one and of later ones open it again.

import type { Issue } from '../../../core/contract/issue.ts'
import type { Release } from '../../../core/contract/release.ts'
import { read } from '../../data/api.ts'
import { org, orgPath } from '../../data/session.ts'
import { watchQuery } from '../../data/watchQuery.ts'
import { formatDay } from '../basic/format.ts'
import { Dialog } from '../basic/Dialog.tsx'
import { Region } from '../basic/Region.tsx'
import { nameIssues } from './decide.ts'
import { resolveIn, resolveNext } from './decisions.ts'
import { type Pick, PickList } from './PickList.tsx'
import type { Triage } from './useTriage.ts'

const next = ''

export function ReleaseDialog(props: { room: Triage; issues: Issue[] }) {
  const slug = () => props.issues[0]!.project.slug
  const releases = watchQuery(() => ({
    queryKey: ['releases', slug()],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<Release[]>(orgPath('releases/'), { query: { project: slug(), per_page: 100 }, signal }),
    enabled: org() !== null,
  }))
  const options = (): Pick[] => [
    { value: next, text: 'The next release', mark: 'not there yet' },
    ...(releases().data ?? []).map(({ version, dateCreated }) => ({ value: version, text: version, mark: formatDay(dateCreated) })),
  ]
  return (
    <Dialog open title={`${nameIssues(props.issues)}: resolved in`} description="Events of that release and of later ones open it again; those of older ones do not." onClose={props.room.close}>
      <PickList label="Release" placeholder="Filter releases" options={options()} onPick={({ value }) => props.room.answer(value === next ? resolveNext : resolveIn(value))} empty="No such release among the newest 100." />
      <Region query={releases()}>{null}</Region>
    </Dialog>
  )
}
