// A bundle of source maps as sentry-cli makes it (protocol 7.1): a zip, mostly behind eight bytes that say what it is, with a
// manifest. Reading it finds what it holds and makes sure that every file can be read, so that whoever uploads learns of it at once.

import { readManifest, type BundleFile } from './manifest.ts'
import { BundleError, findDirectory, readDirectory, tailLength, unpackEntry, type ZipEntry } from './zip.ts'

/** `[from, to)` of the bytes of a file. */
export type ReadRange = (from: number, to: number) => Promise<Uint8Array>

export type IndexedFile = BundleFile & { place: ZipEntry }

/** Bytes of one file of a bundle, unpacked. */
export const maxFile = 64 * 1024 * 1024
/** Of all of them. */
const maxUnpacked = 2 * 1024 * 1024 * 1024
const maxManifest = 16 * 1024 * 1024

/** Every file that the manifest names. Reads the bundle once, front to back, behind its end. Throws BundleError. */
export async function indexBundle(size: number, read: ReadRange): Promise<IndexedFile[]> {
  const directory = findDirectory(await read(Math.max(size - tailLength, 0), size), size)
  const entries = readDirectory(await read(directory.from, directory.to), directory)
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > maxUnpacked) throw new BundleError('The bundle unpacks to more than 2 GB.')
  const open = async (entry: ZipEntry): Promise<Uint8Array> => unpackEntry(entry, await read(entry.position, entry.position + entry.room))

  const manifest = entries.find(({ name }) => name === 'manifest.json')
  if (!manifest) throw new BundleError('The bundle has no manifest.json.')
  if (Math.max(manifest.size, manifest.stored) > maxManifest) throw new BundleError('manifest.json is larger than 16 MB.')
  const files = new Map(readManifest(await open(manifest)).map((file) => [file.path, file]))

  const indexed: IndexedFile[] = []
  for (const place of entries) {
    const file = files.get(place.name)
    if (!file) continue
    if (Math.max(place.size, place.stored) > maxFile) throw new BundleError(`${place.name} is larger than 64 MB.`)
    await open(place)
    indexed.push({ ...file, place })
    files.delete(place.name)
  }
  const [missing] = files.keys()
  if (missing !== undefined) throw new BundleError(`manifest.json names ${JSON.stringify(missing.slice(0, 200))}, which is not in the bundle.`)
  return indexed
}
