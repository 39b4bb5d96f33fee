// Names of sources as bundlers write them into maps, as paths that a person reads.

const scheme = /^[a-z][a-z\d+.-]+:/i

/** `generated`: URL or path of the minified file, which relative sources are relative to. */
export function readSourcePath(source: string, generated: string): { filename: string; absPath: string } {
  const filename = source.replace(/^(?:webpack|https?|turbopack|rollup|app|ng|file):\/\/[^/]*\//i, '').replace(/\?[0-9a-f]{4,8}$/, '').replace(/^(?:\.{1,2}\/)+/, '')
  return { filename: filename === '' ? source : filename, absPath: resolve(source, generated) }
}

/** A URL on a server, or a path on a disk. */
function resolve(source: string, generated: string): string {
  if (scheme.test(source) || source.startsWith('/')) return source
  if (scheme.test(generated)) return URL.parse(source, generated)?.href ?? source
  if (!generated.startsWith('/')) return source
  const escape = (path: string): string => path.toWellFormed().split('/').map(encodeURIComponent).join('/')
  const resolved = URL.parse(escape(source), `file://${escape(generated)}`)?.pathname
  return resolved === undefined ? source : decodeURIComponent(resolved)
}
