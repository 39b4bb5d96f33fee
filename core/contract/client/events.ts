// Events: lists of them, one of them, and what came with it.

import type { Event, EventRow } from '../event.ts'
import type { Attachment } from '../intake.ts'
import type { FoundEvent } from '../lookup.ts'
import { onIssue, onOrganization, onProject, type Api } from './api.ts'
import type { CallOptions } from './transport.ts'

export type EventQuery = { query?: string; cursor?: string; per_page?: number; statsPeriod?: string; environment?: string | readonly string[]; generation?: string }

export function eventCalls({ send, page, all, text }: Api) {
  return {
    issueEvents: (issue: string, query: EventQuery = {}, options?: CallOptions) => page<EventRow>(`GET ${onIssue}events/`, { params: { issue }, query }, options),
    allIssueEvents: (issue: string, query: Omit<EventQuery, 'cursor'> = {}, options?: CallOptions) => all<EventRow>(`GET ${onIssue}events/`, { params: { issue }, query }, options),
    events: (project: string, query: EventQuery = {}, options?: CallOptions) => page<EventRow>(`GET ${onProject}events/`, { params: { project }, query }, options),
    allEvents: (project: string, query: Omit<EventQuery, 'cursor'> = {}, options?: CallOptions) => all<EventRow>(`GET ${onProject}events/`, { params: { project }, query }, options),
    /** `event`: an id, `latest`, `oldest` or `recommended`. */
    issueEvent: (issue: string, event: string, options?: CallOptions) => send<Event>(`GET ${onIssue}events/:event/`, { params: { issue, event } }, options),
    event: (project: string, event: string, options?: CallOptions) => send<Event>(`GET ${onProject}events/:event/`, { params: { project, event } }, options),
    /** In whatever project it is. */
    findEvent: (event: string, options?: CallOptions) => send<FoundEvent>(`GET ${onOrganization}eventids/:event/`, { params: { event } }, options),
    /** As the SDK sent it, scrubbed. */
    eventJson: (project: string, event: string, options?: CallOptions) => send<Record<string, unknown>>(`GET ${onProject}events/:event/json/`, { params: { project, event } }, options),
    /** For a ticket, or a language model. */
    eventMarkdown: (project: string, event: string, options?: CallOptions) => text(`GET ${onProject}events/:event/markdown/`, { params: { project, event } }, options),
    attachments: (project: string, event: string, options?: CallOptions) => send<Attachment[]>(`GET ${onProject}events/:event/attachments/`, { params: { project, event } }, options),
  }
}
