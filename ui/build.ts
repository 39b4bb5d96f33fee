// `node ui/build.ts`: dist/ from ui/, only when something it is made of has changed. Run before start and test.

import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const stamp = join(dist, '.sources')

/** Every file that can change the build: the app, what it imports of core/, and the versions of its packages. */
function hashSources(): string {
  const files = ['ui/**/*.*', 'core/**/*.ts', 'package-lock.json'].flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0')
  return hash.digest('hex')
}

export async function buildApp(force: boolean): Promise<void> {
  const sources = hashSources()
  const isFresh = existsSync(stamp) && existsSync(join(dist, 'index.html')) && readFileSync(stamp, 'utf8') === sources
  if (isFresh && !force) return
  // Loaded only when needed: an installation without the build tools runs what was built for it.
  const { build } = await import('vite')
  await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: force ? 'info' : 'error' })
  compressAssets()
  writeFileSync(stamp, sources)
}

/** Once here instead of at every request: the server sends the `.br` or `.gz` beside a file when the browser takes it. */
function compressAssets(): void {
  for (const file of globSync('**/*.{js,css,html}', { cwd: dist })) {
    const bytes = readFileSync(join(dist, file))
    writeFileSync(join(dist, `${file}.br`), brotliCompressSync(bytes))
    writeFileSync(join(dist, `${file}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

/** Vite's errors are pages of coloured source; their own first line names file and cause. */
function oneLine(error: unknown): string {
  const lines = stripVTControlCharacters(error instanceof Error ? error.message : String(error)).split('\n').filter((line) => line.trim())
  return (lines[0]?.startsWith('Build failed') ? lines[1] : lines[0]) ?? 'unknown reason'
}

if (import.meta.main) {
  try {
    await buildApp(process.argv.includes('--force'))
  } catch (error) {
    console.error(`The app in ui/ could not be built: ${oneLine(error)}`)
    process.exitCode = 1
  }
}
