// The source line where the program failed (grouping.md 3.2, step 4). Callers' lines never count: harmless edits change
// them.

import { readText, type JsonObject } from '../front.ts'
import type { Ids } from './collect.ts'

const lengthLimit = 160
const platforms = new Set(['python', 'ruby', 'php', 'node', 'elixir'])

/** That of the application frame nearest the crash; '' if there is none or its platform does not send the source as written. */
export function readCrashLine({ frames: [crashed] }: Ids): string {
  return crashed && platforms.has(crashed.platform) ? readSourceLine(crashed.sent) : ''
}

/** Trimmed, white space collapsed; '' if there is none, if it is too long to be written by hand, or if an SDK cut it. */
export function readSourceLine(frame: JsonObject): string {
  const text = readText(frame.context_line)
  if (text === '' || text.includes('{snip}')) return ''
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length > lengthLimit ? '' : line
}
