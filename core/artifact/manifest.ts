// manifest.json of a bundle: which file is what, under which URL and debug id. Read leniently, as several tools and their older
// versions write it; header names without regard to case (protocol 7.1).

import { z } from 'zod'
import { countValues, maxValues } from './values.ts'
import { BundleError } from './zip.ts'

export type BundleFile = {
  /** In the zip. */
  path: string
  /** minified_source, source_map, source … */
  type: string
  /** `~/static/app.js`, where `~` is any host; or a whole URL. */
  url: string
  /** Lower case, with hyphens. */
  debugId: string | null
  /** URL of its map, relative to its own. */
  sourceMap: string | null
}

const text = z.string().nullish().catch(null)
const file = z.object({ type: text, url: text, headers: z.record(z.string(), z.unknown()).nullish().catch(null) })
const manifest = z.object({ files: z.record(z.string(), z.unknown()) })

/** Throws BundleError. */
export function readManifest(bytes: Uint8Array): BundleFile[] {
  const read = manifest.safeParse(parseJson(bytes))
  if (!read.success) throw new BundleError('manifest.json is not an object with "files".')
  return Object.entries(read.data.files).map(([path, sent]) => {
    const { type, url, headers } = file.safeParse(sent).data ?? {}
    const named = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    const sourceMap = named.get('sourcemap') ?? named.get('x-sourcemap')
    return {
      path,
      type: (type ?? 'source').slice(0, 64),
      url: readUrl(url ?? `~/${path}`, path),
      debugId: readDebugId(named.get('debug-id')),
      sourceMap: typeof sourceMap === 'string' && sourceMap.length <= 2048 && !sourceMap.startsWith('data:') ? sourceMap : null,
    }
  })
}

function parseJson(bytes: Uint8Array): unknown {
  const json = new TextDecoder().decode(bytes)
  if (countValues(json) > maxValues) throw new BundleError(`manifest.json holds more than ${maxValues.toLocaleString('en')} values.`)
  try {
    return JSON.parse(json)
  } catch {
    throw new BundleError('manifest.json is not JSON.')
  }
}

function readUrl(url: string, path: string): string {
  if (url.length > 2048 || url.includes('\0')) throw new BundleError(`The URL of ${path} cannot be read.`)
  if (url.split(/[/\\]/).includes('..')) throw new BundleError(`The URL of ${path} leads outside: ${JSON.stringify(url.slice(0, 200))}.`)
  return url.toWellFormed()
}

/** A uuid with or without hyphens, in either case; null for anything else. */
export function readDebugId(value: unknown): string | null {
  const hex = typeof value === 'string' && value.length <= 40 ? value.replaceAll('-', '').toLowerCase() : ''
  return /^[0-9a-f]{32}$/.test(hex) ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : null
}
