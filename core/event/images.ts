// The binaries that were loaded in the failing process, as native SDKs list them (protocol 4.10): what symbols are missing
// of, and which build it was.

import type { DebugImage } from '../contract/event.ts'
import { readHexAddress } from './frames.ts'
import { isObject, readCount, readObject, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { trimText } from './trim.ts'

const imageCount = 500

/** In the order in which they were sent; source maps are among them, of type `sourcemap`. */
export function presentImages(event: JsonObject, note: Note): DebugImage[] {
  const { images } = readObject(event.debug_meta)
  const all = Array.isArray(images) ? images.filter(isObject) : []
  if (all.length > imageCount) note('too_many_values', 'debug_meta.images')
  return all.slice(0, imageCount).map((image) => {
    const text = (name: string, limit: number): string | null => trimText(image[name], limit, `debug_meta.images.${name}`, note)
    return {
      type: text('type', 32) ?? 'unknown', code_file: text('code_file', 1024), code_id: text('code_id', 128), debug_file: text('debug_file', 1024), debug_id: text('debug_id', 128) ?? text('uuid', 128),
      image_addr: readHexAddress(image.image_addr), image_size: readCount(image.image_size), arch: text('arch', 32),
    }
  })
}
