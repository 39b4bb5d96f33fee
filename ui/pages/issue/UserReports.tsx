// What users wrote about the events of this issue; asked for only where there is something.

import { useQuery } from '@tanstack/solid-query'
import { For, Show } from 'solid-js'
import type { UserFeedback } from '../../../core/contract/intake.ts'
import type { IssueDetail } from '../../../core/contract/issue.ts'
import { read } from '../../data/api.ts'
import { orgPath } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { FeedbackItem } from '../feedback/FeedbackItem.tsx'

export function UserReports(props: { issue: IssueDetail }) {
  const reports = useQuery(() => ({
    queryKey: ['reports', props.issue.id, props.issue.userReportCount],
    queryFn: ({ signal }) => read<UserFeedback[]>(orgPath(`issues/${props.issue.id}/user-reports/`), { signal }),
    enabled: props.issue.userReportCount > 0,
  }))
  return (
    <Show when={props.issue.userReportCount > 0}>
      <section class="aside-part" aria-labelledby="reports">
        <h2 id="reports">User feedback</h2>
        <Region query={reports}>
          <ul class="feedback" role="list">
            <For each={reports.data}>{(one) => <FeedbackItem feedback={one} linkTo="event" />}</For>
          </ul>
        </Region>
      </section>
    </Show>
  )
}
