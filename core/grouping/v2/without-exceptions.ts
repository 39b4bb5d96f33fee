// The strategies without exceptions: a thread's or the event's own stack with the log message, a template, the message
// alone, and at last one issue for all that says nothing (grouping.md 3.1).

import { isObject, readFrames, readLogMessage, readText, type JsonObject } from '../front.ts'
import type { Component, Contribution } from '../types.ts'
import { collectIds, pushFrames } from './collect.ts'
import type { Context } from './context.ts'
import { readCrashLine, readSourceLine } from './crash-line.ts'
import { identifyFile } from './file.ts'
import { normaliseMessage } from './message.ts'
import { readStack } from './stack.ts'
import { readThreadFrames } from './thread.ts'

export function contributeWithoutExceptions(context: Context): Contribution {
  const message = normaliseMessage(readLogMessage(context.event), context.platform)
  return contributeStack(message, context) ?? contributeTemplate(context) ?? contributeMessage(message, context)
}

/** Two messages from one function differ, and so do two call sites of one message. */
function contributeStack(message: string, context: Context): Contribution | undefined {
  const ofThread = readThreadFrames(context.event)
  const sent = ofThread.length > 0 ? ofThread : readFrames(context.event)
  const components = sent.length > 0 ? nameFrames(sent, context) : []
  if (components.length === 0) return undefined
  if (message !== '') components.push(['m', message])
  return { strategy: ofThread.length > 0 ? 'thread-stack' : 'message-stack', components, notes: context.notes }
}

function nameFrames(sent: JsonObject[], context: Context): Component[] {
  const components: Component[] = []
  const stack = readStack(sent, '', context)
  const application = collectIds(stack, 'application', context)
  if (application.ids.length === 0) {
    pushFrames(components, collectIds(stack, 'library', context), 'library', context)
    return components
  }
  pushFrames(components, application, 'application', context)
  const line = readCrashLine(application)
  if (line !== '') components.push(['l', line])
  return components
}

function contributeTemplate({ event, notes }: Context): Contribution | undefined {
  const template = event.template ?? event['sentry.interfaces.Template']
  if (!isObject(template)) return undefined
  const file = identifyFile(readText(template.filename))
  if (file === '') return undefined
  const line = readSourceLine(template)
  return { strategy: 'template', components: line === '' ? [['p', file]] : [['p', file], ['l', line]], notes }
}

function contributeMessage(message: string, { notes }: Context): Contribution {
  return message === '' ? { strategy: 'fallback', components: [['0', '']], notes } : { strategy: 'message', components: [['M', message]], notes }
}
