// One event for the API: decoded from the log at its position by the functions that folded it, with its place in its issue.

import type { Pool } from 'pg'
import { addFrameProblems } from '../../core/artifact/problems.ts'
import type { Event } from '../../core/contract/event.ts'
import { presentEvent } from '../../core/event/present.ts'
import { group } from '../../core/grouping/group.ts'
import { presentGrouping } from '../../core/grouping/present.ts'
import { judgeFrames } from '../../core/grouping/verdicts.ts'
import { collectScrubs } from '../../core/scrub/explain.ts'
import { formatShortId } from '../../core/shortid.ts'
import { symbolicate } from '../artifacts/symbolicate.ts'
import { listAttachments } from '../attachments/queries.ts'
import { decodeEventAt } from '../decode/at.ts'
import { readGroupingConfig } from '../generations/explain.ts'
import { readProjectSettings } from '../projects/queries.ts'
import type { FoundIssue } from '../issues/queries.ts'
import { readNeighbours } from './queries.ts'

/** Null when the log no longer holds it. */
export async function loadEvent(pool: Pool, issue: FoundIssue, position: number): Promise<Event | null> {
  const settings = await readProjectSettings(pool, issue.project)
  const { errors: scrubs, onScrub } = collectScrubs()
  const [decoded, neighbours, config] = await Promise.all([decodeEventAt(pool, issue.project, position, settings, onScrub), readNeighbours(pool, issue, position), readGroupingConfig(pool, issue.generation)])
  if (!decoded) return null
  const { event, problems } = await symbolicate(pool, issue.project, decoded.event)
  const presented = presentEvent(event, decoded.context)
  // By the id: late ones came in envelopes of their own.
  const attachments = await listAttachments(pool, issue.project, [presented.eventID])
  return {
    ...presented,
    entries: addFrameProblems(presented.entries, problems),
    errors: [...presented.errors, ...scrubs],
    id: presented.eventID,
    groupID: String(issue.id),
    projectID: String(issue.project),
    size: decoded.size,
    previousEventID: neighbours.older,
    nextEventID: neighbours.newer,
    refold: {
      index: neighbours.index,
      of: issue.events,
      position: String(position),
      shortId: formatShortId(issue.slug, issue.id),
      attachments,
      grouping: { ...presentGrouping(group(decoded.event, config)), frames: judgeFrames(decoded.event, config) },
    },
  }
}
