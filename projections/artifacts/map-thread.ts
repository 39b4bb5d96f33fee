// A thread for one source map, with a heap of its own: what a hostile map can take is this thread. Started by originals.ts.

import { parentPort, workerData } from 'node:worker_threads'
import { mapPositions, type MinifiedPosition, type OriginalPosition } from '../../core/artifact/map-positions.ts'
import { SourceMapError } from '../../core/artifact/source-map.ts'

export type MapAsked = { map: Uint8Array; minified: Uint8Array | null; positions: MinifiedPosition[] }
export type MapAnswer = (OriginalPosition | null)[] | { problem: string }

const { map, minified, positions } = workerData as MapAsked
parentPort!.postMessage(answer())

function answer(): MapAnswer {
  try {
    return mapPositions(map, minified, positions)
  } catch (error) {
    if (error instanceof SourceMapError) return { problem: error.message }
    throw error
  }
}
