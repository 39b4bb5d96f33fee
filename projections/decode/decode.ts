// From the bytes of a fact to what the reducers fold: inflate, frame, normalise, scrub, filter, group. Pure, and done once for all
// projections. The event page decodes the same bytes again with the same functions: there is no second copy of a payload.

import { parseDecision, type Decision } from '../../core/decisions.ts'
import { inflate } from '../../core/envelope/inflate.ts'
import { readSearchFrames } from '../../core/event/search-text.ts'
import { summariseEvent, type EventSummary } from '../../core/event/summary.ts'
import type { Fact } from '../../core/fact.ts'
import { filterEvent } from '../../core/filter/filter.ts'
import { group } from '../../core/grouping/group.ts'
import type { Grouping, GroupingConfig } from '../../core/grouping/types.ts'
import { categoryOf, recordedOutcomes, type ItemOutcome, type RecordedOutcome } from '../../core/outcome.ts'
import type { ProjectSettings } from '../../core/project/settings.ts'
import { storableText } from '../../core/text.ts'
import { findEventItem, readEventItem, readGroupedItem, type DecodedEvent } from './event.ts'
import { readAttachment, readClientReport, readFeedback, type FoundAttachment, type FoundFeedback } from './items.ts'
import { eventIdOf, openFact, type OpenedFact, type OpenedItem } from './open.ts'

/** `others`: its keys under other configurations, by name (core/grouping/configuration.ts), which decisions may have named. `frames`: see readSearchFrames. */
export type FoldedEvent = { summary: EventSummary; grouping: Grouping; others: readonly OtherKey[]; frames: string }
export type OtherKey = { config: string; key: string }

/** A fact without its payload, and what was in it. `outcomes` of the fact's own project, one for each item; reducers find duplicates. */
export type Decoded = {
  fact: Omit<Fact, 'payload'>
  decision: Decision | null
  event: FoldedEvent | null
  /** The outcome of the event, which its attachments share; null without an event. */
  eventOutcome: ItemOutcome | null
  attachments: FoundAttachment[]
  feedback: FoundFeedback[]
  outcomes: ItemOutcome[]
  /** What the door refused, of any project. */
  recorded: RecordedOutcome[]
}

/** What of a fact the tables of a generation are folded from. */
export type DecodedGrouped = { fact: Pick<Fact, 'position' | 'recordedAt' | 'projectId' | 'actor'>; decision: Decision | null; event: GroupedEvent | null }

export type GroupedEvent = {
  summary: Pick<EventSummary, 'seenAt' | 'title' | 'culprit' | 'type' | 'metadata' | 'level' | 'platform' | 'logger' | 'release' | 'unhandled' | 'userTag' | 'tags' | 'searchTags'>
  grouping: Pick<Grouping, 'key' | 'title'>
  others: readonly OtherKey[]
  frames: string
}

/** How a project reads its events at a position of the log. */
export type ReadConfig = { grouping: GroupingConfig; others: readonly { name: string; grouping: GroupingConfig }[]; settings: ProjectSettings }

const maxAttachments = 30
const maxRecordedBytes = 4 * 1024 * 1024

/** Throws when the fact cannot be read at all: the caller parks it. */
export function decodeFact(fact: Fact, configOf: (projectId: number) => ReadConfig): Decoded {
  const { payload, ...rest } = fact
  const decoded: Decoded = { fact: rest, decision: null, event: null, eventOutcome: null, attachments: [], feedback: [], outcomes: [], recorded: [] }
  if (fact.kind === 'd') return { ...decoded, decision: parseDecision(fact.type, payload) }
  if (fact.type === 'outcomes.recorded') return { ...decoded, recorded: readRecorded(fact) }
  const opened = openFact(fact)
  const config = configOf(fact.projectId!)
  const eventItem = findEventItem(opened)
  if (eventItem) Object.assign(decoded, foldEventItem(fact, opened, eventItem, config))
  for (const item of opened.items) if (item !== eventItem || item.type === 'attachment') decodeItem(decoded, fact, item, config.settings)
  for (const refused of fact.meta.refused ?? []) decoded.outcomes.push(refused)
  return decoded
}

function readRecorded({ payload, encoding }: Fact): RecordedOutcome[] {
  const { entries } = recordedOutcomes.parse(JSON.parse(new TextDecoder().decode(inflate(payload, encoding, maxRecordedBytes))))
  return entries.map((entry) => ({ ...entry, detail: entry.detail && storableText(entry.detail), sdk: entry.sdk && storableText(entry.sdk) }))
}

/**
 * Of a fact whose event was accepted, what depends on grouping: for generations that are not live. Decisions as they are. Throws as decodeFact,
 * and when there is no event after all.
 */
export function decodeGrouped(fact: Fact, config: ReadConfig): DecodedGrouped {
  const { payload, ...rest } = fact
  if (fact.kind === 'd') return { fact: rest, decision: parseDecision(fact.type, payload), event: null }
  const opened = openFact(fact)
  const item = findEventItem(opened)
  const read = item && readGroupedItem(fact, opened, item, config.settings)
  if (!read || !('event' in read)) throw new Error('the event cannot be read any more')
  return { fact: rest, decision: null, event: groupEvent(read, config) }
}

function groupEvent({ event, context }: DecodedEvent, { grouping, others }: ReadConfig, summary = summariseEvent(event, context)): FoldedEvent {
  return {
    summary, grouping: group(event, grouping), others: others.map((other) => ({ config: other.name, key: group(event, other.grouping).key })),
    frames: readSearchFrames(event),
  }
}

function foldEventItem(fact: Fact, opened: OpenedFact, item: OpenedItem, config: ReadConfig): Pick<Decoded, 'event' | 'eventOutcome'> {
  const category = item.type === 'raw_security' ? 'security' : 'error'
  const refuse = (outcome: ItemOutcome['outcome'], reason: string): Pick<Decoded, 'event' | 'eventOutcome'> => ({ event: null, eventOutcome: { category, outcome, reason, quantity: 1 } })
  const { settings } = config
  const read = readEventItem(fact, opened, item, settings)
  if ('invalid' in read) return refuse('invalid', read.invalid)
  if ('ignored' in read) return refuse('unsupported', 'kept')
  const summary = summariseEvent(read.event, read.context)
  const filtered = filterEvent(read.event, summary, read.context, settings.filters)
  if (filtered !== null) return refuse('filtered', filtered)
  const accepted: ItemOutcome = { category: category === 'error' && summary.type === 'default' ? 'default' : category, outcome: 'accepted', reason: '', quantity: 1 }
  return { event: groupEvent(read, config, summary), eventOutcome: accepted }
}

function decodeItem(decoded: Decoded, fact: Fact, item: OpenedItem, settings: ProjectSettings): void {
  const category = categoryOf(item.type)
  const count = (outcome: ItemOutcome['outcome'], reason = ''): void => void decoded.outcomes.push({ category, outcome, reason, quantity: 1 })
  switch (item.type) {
    case 'attachment':
      // What became of the event becomes of its attachments: the reducers count these.
      if (decoded.attachments.length === maxAttachments) count('invalid', 'too_many_attachments')
      else decoded.attachments.push(readAttachment(item))
      break
    case 'user_report':
    case 'feedback': {
      const feedback = readFeedback(item, eventIdOf(fact), settings)
      if ('invalid' in feedback) return count('invalid', feedback.invalid)
      decoded.feedback.push(feedback)
      return count('accepted')
    }
    case 'client_report': {
      const discarded = readClientReport(item)
      if ('invalid' in discarded) return count('invalid', discarded.invalid)
      decoded.outcomes.push(...discarded)
      return count('accepted')
    }
    case 'event':
      return count('invalid', 'duplicate_item')
    default:
      return count('unsupported', 'kept')
  }
}
