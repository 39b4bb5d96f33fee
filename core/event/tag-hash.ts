// Tags as numbers: the table `event` keeps them of every event, so that a list of events is filtered by any tag without a row per tag.
// Frozen: what is stored was computed so, and every search computes it again.

const offset = 0x811c9dc5 | 0
const prime = 0x01000193
const equals = 0x3d

/** FNV-1a, 32 bits, over the UTF-16 units of the key, low byte first. Signed, as an `integer` of Postgres is. */
export function hashTagKey(key: string): number {
  return addText(offset, key)
}

/** The same over `key=value`. No key holds an equals sign (readTags), so no tag hashes as another one's key. */
export function hashTag(key: string, value: string): number {
  return hashValue(hashTagKey(key), value)
}

function hashValue(keyHash: number, value: string): number {
  return addText(addUnit(keyHash, equals), value)
}

/** Of each tag its key and itself: ascending, each number once. */
export function hashTags(...lists: readonly (readonly (readonly [key: string, value: string])[])[]): Int32Array {
  const hashes = new Int32Array(2 * lists.reduce((sum, tags) => sum + tags.length, 0))
  let count = 0
  for (const tags of lists) {
    for (const [key, value] of tags) {
      const keyHash = hashTagKey(key)
      hashes[count++] = keyHash
      hashes[count++] = hashValue(keyHash, value)
    }
  }
  hashes.sort()
  let kept = 0
  for (const hash of hashes) if (kept === 0 || hashes[kept - 1] !== hash) hashes[kept++] = hash
  return hashes.subarray(0, kept)
}

function addText(hash: number, text: string): number {
  for (let at = 0; at < text.length; at++) hash = addUnit(hash, text.charCodeAt(at))
  return hash
}

function addUnit(hash: number, unit: number): number {
  return Math.imul(Math.imul(hash ^ (unit & 0xff), prime) ^ (unit >>> 8), prime)
}
