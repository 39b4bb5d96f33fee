// A row of the stream into the clipboard: its link, or as Markdown the event that the server recommends, for a ticket or a
// language model.

import type { Event } from '../../../core/contract/event.ts'
import type { Issue } from '../../../core/contract/issue.ts'
import { read } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { markdownQuery } from '../../data/eventText.ts'
import { orgPath } from '../../data/session.ts'
import { copyText } from '../basic/copy.ts'
import { showToast } from '../basic/Toast.tsx'
import { tellFailure } from './undo.ts'

type Named = Pick<Issue, 'id' | 'shortId' | 'project'>

export async function copyLink({ shortId }: Named): Promise<void> {
  say(await copyText(`${location.origin}/issues/${shortId}`), `Link to ${shortId} copied`)
}

/** Never rejects: a failure is told in the toast, with Retry. */
export async function copyRecommended(issue: Named): Promise<void> {
  try {
    const { eventID } = await read<Event>(orgPath(`issues/${issue.id}/events/recommended/`))
    const text = await client.fetchQuery(markdownQuery(issue.project.slug, eventID, null))
    say(await copyText(text), `${issue.shortId} copied as Markdown`)
  } catch (error) {
    tellFailure(`${issue.shortId} could not be copied`, error, () => copyRecommended(issue))
  }
}

const say = (done: boolean, text: string): void => showToast({ text: done ? text : 'Copying was refused by the browser.' })
