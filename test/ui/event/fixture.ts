// Frames and exceptions with only the fields a test speaks about.

import type { ExceptionValue, Frame } from '../../../core/contract/event.ts'

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
