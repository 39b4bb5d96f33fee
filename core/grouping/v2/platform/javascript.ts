// Frames of JavaScript, in browsers and in Node (grouping.md 3.5). What a bundler, a host or an engine writes is not
// identity: in a file that came over the network only the functions' names are, and not when a minifier made them.

import { identifyFile } from '../file.ts'
import { isNoName, nameless, type Frame, type Identity, type Skip } from '../frame.ts'
import { readSourceLine } from '../crash-line.ts'
import { remember } from '../memo.ts'
import { isExtension, isScriptPlumbing } from '../origin.ts'

const plumbing: Skip = { reason: 'plumbing of the language', dropped: true }
const engine: Skip = { reason: 'code of the engine', dropped: true }
const minified: Skip = { reason: 'minified name', minified: true }
const anonymous: Skip = { reason: 'no name, in a file that came over the network' }

const networkFile = /^(?:https?|blob|data|app|capacitor|ionic|applewebdata):/i
const enginePaths = new Set(['<anonymous>', '[native code]', 'native code', 'eval code'])
const plumbingName =
  /^(?:(?:process\.)?(?:processTicksAndRejections|runMicrotasks|queueMicrotask|runNextTicks|nextTick)|new Promise|Generator\.next|__awaiter|asyncGeneratorStep|_callSuper|sentryWrapped|reportError|eval)$|^(?:async )?Promise\.(?:all|allSettled|any|race)(?!\w)/
const isPlumbingName = remember((name) => plumbingName.test(name))
const isNetworkFile = remember((path) => networkFile.test(path))

export function identifyJavaScript(frame: Frame): Identity {
  const { path, name } = frame
  if (enginePaths.has(path)) return engine
  if (isPlumbingName(name) || (frame.module !== '' && isScriptPlumbing(frame.module))) return plumbing
  const isNetwork = isNetworkFile(path)
  const module = isPage(frame.module, path) ? '' : frame.module
  const location = module !== '' ? (isNetwork ? identifyFile(module) : cleanModule(module)) : isNetwork || isExtension(path) ? '' : identifyFile(path)
  const isMapped = hasSourceMap(frame)
  const line = isMapped ? readSourceLine(frame.sent) : ''
  const clean = cleanName(name)
  const isMinified = isNetwork && !isMapped && module === '' && isShort(clean)
  // Names recovered through a source map are unreliable; the line is not.
  const called = line !== '' ? `\`${line}` : isMinified ? '' : clean
  if (called !== '' || module !== '') return `${location}\u001F${called}`
  if (isMinified) return minified
  return isNetwork ? anonymous : location === '' ? nameless : `${location}\u001F`
}

function hasSourceMap({ sent }: Frame): boolean {
  const { data } = sent
  return typeof data === 'object' && data !== null && 'sourcemap' in data && Boolean(data.sourcemap)
}

/** SDKs that find no module name take the page's URL for one. */
function isPage(module: string, path: string): boolean {
  if (!module.includes('/')) return false
  return path.endsWith(module) || /^[^?#]*/.exec(path)![0].endsWith(module)
}

const cleanModule = remember((module: string) =>
  module.replaceAll(/@v?\d[\w.+-]{0,60}/g, '').replaceAll(/(?<![^/.:])(?=[a-f]{0,63}\d)[0-9a-f]{7,64}(?:[/.:]|$)/g, ''),
)

const cleanName = remember((name: string) => {
  const text = name.replace(/^(?:async(?: |\*))?(?:new )?/, '').replace(/ \[as [^\]]{1,200}\]$/, '')
  if (text.endsWith('/<') || text.endsWith('<anonymous>') || isNoName(text)) return ''
  const last = text.slice(text.lastIndexOf('.') + 1)
  return isNoName(last) ? '' : last
})

const shortWords = new Set(['fn', 'cb', 'go', 'db', 'ui', 'ok', 'on', 'id', 'is', 'do', 'at', 'up', 'to', 'io', 'ws', 'ms'])

/** One or two characters, as minifiers name functions; a few words are as short. */
function isShort(name: string): boolean {
  return name.length === 1 || (name.length === 2 && !shortWords.has(name))
}
