// Frames, exceptions and events with only the fields a test speaks about.

import type { Event, ExceptionValue, Frame } from '../../../core/contract/event.ts'

export function aFrame(fields: Partial<Frame> = {}): Frame {
  return {
    filename: null, absPath: null, module: null, package: null, platform: null, function: null, rawFunction: null, lineNo: null, colNo: null,
    context: [], inApp: false, vars: null, instructionAddr: null, symbolAddr: null, errors: [], ...fields,
  }
}

export function anException(type: string, mechanism: Partial<NonNullable<ExceptionValue['mechanism']>> | null = null, frames: Frame[] | null = null): ExceptionValue {
  return {
    type, value: `${type} happened`, module: null, threadId: null, rawStacktrace: null,
    stacktrace: frames === null ? null : { frames, framesOmitted: null },
    mechanism: mechanism === null ? null : { type: 'generic', description: null, helpLink: null, handled: null, synthetic: false, source: null, exceptionId: null, parentId: null, isExceptionGroup: false, data: {}, meta: {}, ...mechanism },
  }
}

export function anEvent(fields: Partial<Event> = {}): Event {
  return {
    id: 'a1', eventID: 'a1', groupID: '1', projectID: '1', title: 'ValueError: broken', message: '', culprit: '', location: null, type: 'error', level: 'error', logger: null,
    platform: 'python', dateCreated: '2026-03-04T10:00:00.000Z', dateReceived: '2026-03-04T10:00:00.000Z', transaction: null, release: null, dist: null, environment: null,
    tags: [], user: null, contexts: {}, context: {}, packages: {}, sdk: null, errors: [], metadata: {}, size: 0, entries: [], previousEventID: null, nextEventID: null,
    refold: { index: 1, of: 1, position: '1', shortId: 'SHOP-1', attachments: [], grouping: { key: 'k', version: 'v1', strategy: 'exception', components: [], notes: [], text: '' } },
    ...fields,
  }
}
