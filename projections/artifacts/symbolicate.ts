// The event page's stacks through source maps, when somebody looks: a map that is uploaded late counts too, and no issue moves.

import type { Pool } from 'pg'
import { collectMinified, keyOf, showOriginals, type MinifiedFile } from '../../core/artifact/minified.ts'
import type { OriginalPosition } from '../../core/artifact/map-positions.ts'
import { readSourcePath } from '../../core/artifact/source-path.ts'
import { readText, type JsonObject } from '../../core/event/json.ts'
import { findOriginals } from './originals.ts'
import { findMaps, type FoundMap } from './queries.ts'

/** `problems`: by absolute path of a file, why its frames are as they came. */
export type Symbolicated = { event: JsonObject; problems: Map<string, string> }

/** For the maps of one event, those before it in the queue included; the one under way is waited for. */
const patienceMs = 15_000

/** Leaves `event` as it is. */
export async function symbolicate(pool: Pool, project: number, event: JsonObject): Promise<Symbolicated> {
  const problems = new Map<string, string>()
  const files = collectMinified(event)
  if (files.length === 0) return { event, problems }
  const release = readText(event.release)
  const maps = await findMaps(pool, project, files, release, readText(event.dist))
  const found = new Map<string, Map<string, OriginalPosition>>()
  const deadline = Date.now() + patienceMs
  for (const file of files) {
    const map = maps.get(file.absPath)
    if (map && Date.now() > deadline) problems.set(file.absPath, 'There was no time to read its source map. Look again in a moment.')
    else if (map) found.set(file.absPath, await mapFile(pool, file, map, problems))
    else if (file.debugId !== null) problems.set(file.absPath, `No source map was uploaded for debug id ${file.debugId}.`)
    else if (release !== null && /^(?:https?|app):/.test(file.absPath)) problems.set(file.absPath, `The SDK sent no debug id, and no source map of this file was uploaded for release ${release}.`)
  }
  return { event: showOriginals(event, found), problems }
}

async function mapFile(pool: Pool, { absPath, positions }: MinifiedFile, map: FoundMap, problems: Map<string, string>): Promise<Map<string, OriginalPosition>> {
  const answer = await findOriginals(pool, map, positions)
  if ('problem' in answer) {
    problems.set(absPath, answer.problem)
    return new Map()
  }
  if (answer.includes(null)) problems.set(absPath, 'The source map says nothing about this position.')
  const originals = new Map<string, OriginalPosition>()
  for (const [index, original] of answer.entries()) {
    if (original === null) continue
    originals.set(keyOf(positions[index]!), original)
    if (original.text === null) problems.set(readSourcePath(original.source, absPath).absPath, 'The source map names this place, and does not hold its source.')
  }
  return originals
}
