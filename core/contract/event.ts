// One event as the API shows it, and at the same time what core/event makes of a payload: the normaliser's output
// types are these, so that nothing is mapped twice. Frames are oldest first, exceptions oldest cause first (protocol 4.4).

import { z } from 'zod'
import { groupingDescription } from './grouping.ts'
import { attachment } from './intake.ts'
import { level } from './issue.ts'

const text = z.string().nullable()
const jsonObject = z.record(z.string(), z.unknown())

export const frame = z.object({
  filename: text,
  absPath: text,
  module: text,
  package: text,
  platform: text,
  function: text,
  rawFunction: text,
  lineNo: z.number().nullable(),
  colNo: z.number().nullable(),
  /** `[line number, source text]` around `lineNo`; empty when the SDK sent no source. */
  context: z.array(z.tuple([z.number(), z.string()])),
  inApp: z.boolean(),
  vars: jsonObject.nullable(),
  instructionAddr: text,
  symbolAddr: text,
  /** Why there is no source, as a sentence; null when there is. */
  errors: z.array(z.string()),
})
export type Frame = z.infer<typeof frame>

export const stacktrace = z.object({
  frames: z.array(frame),
  /** `[from, to)` indexes that the SDK or the limit left out. */
  framesOmitted: z.tuple([z.number(), z.number()]).nullable(),
})
export type Stacktrace = z.infer<typeof stacktrace>

export const mechanism = z.object({
  type: z.string(),
  description: text,
  helpLink: text,
  handled: z.boolean().nullable(),
  synthetic: z.boolean(),
  source: text,
  exceptionId: z.number().nullable(),
  parentId: z.number().nullable(),
  isExceptionGroup: z.boolean(),
  data: jsonObject,
  meta: jsonObject,
})

export const exceptionValue = z.object({
  type: text,
  value: text,
  module: text,
  threadId: text,
  mechanism: mechanism.nullable(),
  stacktrace: stacktrace.nullable(),
  rawStacktrace: stacktrace.nullable(),
})
export type ExceptionValue = z.infer<typeof exceptionValue>

export const thread = z.object({ id: text, name: text, crashed: z.boolean(), current: z.boolean(), main: z.boolean(), state: text, stacktrace: stacktrace.nullable() })
export type Thread = z.infer<typeof thread>

export const breadcrumb = z.object({
  /** ISO 8601 UTC; null when missing or unreadable. */
  timestamp: text,
  type: z.string(),
  category: text,
  level: z.string(),
  message: text,
  data: jsonObject.nullable(),
})
export type Breadcrumb = z.infer<typeof breadcrumb>

const pairs = z.array(z.tuple([z.string(), z.string()]))
export const requestData = z.object({
  url: text,
  method: text,
  query: pairs,
  fragment: text,
  headers: pairs,
  cookies: pairs,
  env: jsonObject,
  /** As sent: text, or parsed JSON / form data. */
  data: z.unknown(),
  inferredContentType: text,
})
export type RequestData = z.infer<typeof requestData>

export const debugImage = z.object({ type: z.string(), code_file: text, code_id: text, debug_file: text, debug_id: text, image_addr: text, image_size: z.number().nullable(), arch: text })
export type DebugImage = z.infer<typeof debugImage>

export const messageData = z.object({ formatted: z.string(), message: text, params: z.unknown() })

export const eventEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('exception'), data: z.object({ values: z.array(exceptionValue) }) }),
  z.object({ type: z.literal('stacktrace'), data: stacktrace }),
  z.object({ type: z.literal('threads'), data: z.object({ values: z.array(thread) }) }),
  z.object({ type: z.literal('breadcrumbs'), data: z.object({ values: z.array(breadcrumb) }) }),
  z.object({ type: z.literal('request'), data: requestData }),
  z.object({ type: z.literal('message'), data: messageData }),
  /** The place in a template that failed to render. */
  z.object({ type: z.literal('template'), data: frame }),
  z.object({ type: z.literal('debugmeta'), data: z.object({ images: z.array(debugImage) }) }),
])
export type EventEntry = z.infer<typeof eventEntry>

export const eventUser = z.object({ id: text, email: text, username: text, name: text, ip_address: text, data: jsonObject })
export type EventUser = z.infer<typeof eventUser>

const frameVerdict = z.object({ used: z.boolean(), reason: z.string(), line: z.number().optional() })
/** `frames`: what became of each (core/grouping/verdicts.ts), where one event is asked for. */
export const groupingInfo = groupingDescription.extend({
  frames: z.object({ exceptions: z.array(z.array(frameVerdict)), thread: z.array(frameVerdict).optional() }).optional(),
})
export type GroupingInfo = z.infer<typeof groupingInfo>

export const event = z.object({
  id: z.string(),
  eventID: z.string(),
  groupID: z.string(),
  projectID: z.string(),
  title: z.string(),
  message: z.string(),
  culprit: z.string(),
  location: text,
  type: z.string(),
  level,
  logger: text,
  platform: z.string(),
  dateCreated: z.string(),
  dateReceived: z.string(),
  transaction: text,
  release: z.object({ version: z.string() }).nullable(),
  dist: text,
  environment: text,
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  user: eventUser.nullable(),
  contexts: z.record(z.string(), jsonObject),
  /** `extra` of the SDK. */
  context: jsonObject,
  packages: z.record(z.string(), z.string()),
  sdk: z.object({ name: z.string(), version: z.string() }).nullable(),
  errors: z.array(z.object({ type: z.string(), message: z.string(), data: jsonObject })),
  metadata: z.object({ type: z.string().optional(), value: z.string().optional(), filename: z.string().optional(), function: z.string().optional(), title: z.string().optional(), directive: z.string().optional(), uri: z.string().optional() }),
  /** Bytes of the event's JSON as sent. */
  size: z.number(),
  entries: z.array(eventEntry),
  /** The older and the newer event of the same issue, inside the query. */
  previousEventID: text,
  nextEventID: text,
  refold: z.object({
    /** "N of M", oldest = 1. */
    index: z.number(),
    of: z.number(),
    position: z.string(),
    shortId: z.string(),
    attachments: z.array(attachment),
    grouping: groupingInfo,
  }),
})
export type Event = z.infer<typeof event>

/** A row of `issues/{id}/events/`. */
export const eventRow = z.object({
  id: z.string(),
  eventID: z.string(),
  groupID: z.string(),
  title: z.string(),
  dateCreated: z.string(),
  dateReceived: z.string(),
  platform: z.string(),
  level,
  release: text,
  environment: text,
  user: text,
  /** What `field` asked for. */
  refold: z.object({ fields: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) }).optional(),
})
export type EventRow = z.infer<typeof eventRow>

/** A row of `projects/{org}/{project}/events/`. sentry-cli wants `project` as a number (protocol 7.1). */
export const projectEvent = eventRow.extend({
  project: z.number(),
  projectID: z.string(),
  message: z.string(),
  culprit: z.string(),
  location: text,
  'event.type': z.string(),
  user: eventUser.nullable(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
})
export type ProjectEvent = z.infer<typeof projectEvent>

/** `organizations/{org}/events/`: a row per event with the fields that were asked for. */
export const eventTable = z.object({
  data: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  meta: z.object({ fields: z.record(z.string(), z.string()) }),
})
export type EventTable = z.infer<typeof eventTable>
