// What identifies a source file: its name without what a deploy, a bundler or a directory changes (grouping.md 3.6).

import { remember } from './memo.ts'

const stemsThatSayLittle = new Set([
  'index', 'main', 'mod', 'page', '+page', '+server', 'route', 'handler', '__init__', 'util', 'utils', 'views', 'models', 'helpers', 'types', 'layout',
  'controller', 'service', 'controllers', 'services', 'middleware', 'lib', 'common', 'base', 'tasks', 'application',
])
const rootDirectories = new Set([
  '', '.', '..', 'app', 'src', 'lib', 'dist', 'build', 'current', 'html', 'www', 'srv', 'code', 'workspace', 'project', 'bin', 's', 'repo', 'api', 'home', 'var', 'opt',
  'task', 'releases',
])

// Eight characters of base64url, as bundlers append them: with a digit or in mixed case, so that a word is none.
const bundleHash = /[-.](?=[\w-]{0,7}\d|[\w-]{0,7}[A-Z])(?=[\w-]{0,7}\d|[\w-]{0,7}[a-z])[\w-]{8}(?=\.\w{1,8}$)/
const scriptExtension = /\.[cm]?[jt]sx?$/
const hexRun = /[._-](?=[a-f]{0,63}\d)[0-9a-f]{7,64}(?![0-9a-z])/g
const hexStem = /^(?=[a-f]{0,63}\d)[0-9a-f]{7,64}(?=\.|$)/
const version = /^(?:v?\d{1,9}(?:\.\w{1,20}){1,5}|\d+|(?=[a-f]{0,63}\d)[0-9a-f]{7,64}|(?:build|release)s?[-_.]?v?\d[\w.-]{0,40})$/

/** `path` with either kind of slash, at most 2,048 units; '' stays ''. */
export const identifyFile: (path: string) => string = remember((path) => {
  const clean = cutQuery(path.replaceAll('\\', '/'))
  const slash = clean.lastIndexOf('/')
  const name = clean
    .slice(slash + 1)
    .replace(bundleHash, '')
    .toLowerCase()
    .replace(scriptExtension, '.js')
    .replace(hexRun, '')
    .replace(hexStem, '<h>')
  const dot = name.lastIndexOf('.')
  if (slash <= 0 || !stemsThatSayLittle.has(dot > 0 ? name.slice(0, dot) : name)) return name
  const parent = nameDirectory(clean.slice(clean.lastIndexOf('/', slash - 1) + 1, slash))
  return parent === '' ? name : `${parent}/${name}`
})

/** A fragment begins anywhere in a URL, elsewhere only in the file name: directories may be called `c#`. */
function cutQuery(path: string): string {
  const query = path.indexOf('?')
  const text = query === -1 ? path : path.slice(0, query)
  const fragment = text.indexOf('#', text.includes('://') ? 0 : text.lastIndexOf('/') + 1)
  return fragment === -1 ? text : text.slice(0, fragment)
}

/** '' for a directory that every checkout or release names differently. */
function nameDirectory(raw: string): string {
  const name = raw.toLowerCase().replace(/(?<=.)@v?\d.{0,60}$/, '')
  return rootDirectories.has(name) || name.includes(':') || version.test(name) ? '' : name
}
