// Short ways to say what an event holds and what v2 makes of it.

import { group } from '../../../../core/grouping/group.ts'
import type { Component } from '../../../../core/grouping/types.ts'

type Sent = { [key: string]: unknown }

export const v2 = { version: 'v2' } as const

/** An exception as SDKs send it, frames oldest first. */
export function thrown(frames: Sent[], rest: Sent = {}): Sent {
  return { type: 'E', value: 'it failed', stacktrace: { frames }, ...rest }
}

export function ofPlatform(platform: string, ...exceptions: Sent[]): Sent {
  return { platform, exception: { values: exceptions } }
}

/** A component a line: the tag, and the value with a blank between location and function. */
export function componentsOf(event: unknown): string[] {
  return group(event, v2).components.map(([tag, value]: Component) => `${tag} ${value.replace('\u001F', ' ')}`)
}

/** `location|function` of one application frame; '' if it has no identity. */
export function identityOf(platform: string, frame: Sent): string {
  const found = group(ofPlatform(platform, thrown([{ in_app: true, ...frame }])), v2).components.find(([tag]) => tag === 'f')
  return found ? found[1].replace('\u001F', '|') : ''
}
