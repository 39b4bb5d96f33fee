// Browser, operating system and device from what a client says of itself: client hints first, else the user agent
// (protocol 4.8). Runs for every event of a browser or web server, so what a text was read as is remembered.

import { parse } from 'bowser'

type Named = { name: string; version?: string }
type Device = { family: string; model: string; brand?: string }
export type Agent = { browser: Named | null; os: Named | null; device: Device | null }

/** What is read of a user agent; the rest says nothing and a parser of regular expressions must not see it. */
const agentLimit = 512
/** Small enough for the longest texts to be a megabyte, large enough for the browsers of a busy site. */
const memoryLimit = 1000
const nothing: Agent = { browser: null, os: null, device: null }
const remembered = new Map<string, Agent>()

/** Never throws; a text that names nothing known gives nulls. The result is shared: do not change it. */
export function readUserAgent(text: string): Agent {
  // A long text is a slice of a larger one that the memory would keep alive.
  if (text.length > agentLimit) return parseAgent(text.slice(0, agentLimit))
  const known = remembered.get(text)
  if (known !== undefined) return known
  const agent = parseAgent(text)
  if (remembered.size >= memoryLimit) remembered.delete(remembered.keys().next().value!)
  remembered.set(text, agent)
  return agent
}

function parseAgent(text: string): Agent {
  if (text.trim() === '') return nothing
  try {
    const { browser, os, platform } = parse(text)
    const model = readModel(text) ?? platform.model ?? (os.name === 'macOS' ? 'Mac' : null)
    return {
      browser: browser.name ? nameVersion(browser.name, browser.version) : null,
      os: os.name ? nameVersion(os.name, readSystemVersion(os)) : null,
      device: model ? { family: model, model, ...(platform.vendor && { brand: platform.vendor }) } : null,
    }
  } catch {
    return nothing
  }
}

function nameVersion(name: string, version: string | undefined): Named {
  return version ? { name, version } : { name }
}

// Browsers no longer say newer versions than these: later ones call themselves the same.
const frozen = new Set(['Windows 10', 'macOS 10.15.7', 'macOS 10.15'])

function readSystemVersion(os: { name?: string; version?: string; versionName?: string }): string | undefined {
  const version = os.name === 'Windows' ? (os.versionName ?? os.version) : os.version
  return frozen.has(`${os.name} ${version}`) ? `>=${version}` : version
}

/** Android's model, `Pixel 8`; newer Chromes say `K` for every device. */
function readModel(text: string): string | null {
  const model = /Android[^;)]{0,20};(?: [a-z]{2}-[a-z]{2};)? ?([^;) ][^;)]{1,59})/i.exec(text)?.[1]?.split(/\s?\bBuild\//, 1)[0]?.trim()
  return !model || /^(?:mobile|tablet|wv|rv:.*)$/i.test(model) ? null : model
}

/** Header values under their lower-case names. */
export type Hints = { readonly [name: string]: string | undefined }

/** What client hints say; null where they are silent. */
export function readHints(hints: Hints): Agent {
  return { browser: readBrand(hints['sec-ch-ua']), os: readSystem(hints), device: readHintedDevice(hints['sec-ch-ua-model']) }
}

/** The first brand that is neither an engine nor made up to keep parsers honest (`Not_A Brand`). */
function readBrand(list: string | undefined): Named | null {
  for (const [, name, version] of (list ?? '').slice(0, agentLimit).matchAll(/"([^"]{1,100})"\s{0,3};\s{0,3}v="([^"]{0,50})"/g)) {
    if (!/Brand|Chromium|Gecko|WebKit/i.test(name!)) return nameVersion(name!, version)
  }
  return null
}

function readSystem(hints: Hints): Named | null {
  const name = unquote(hints['sec-ch-ua-platform'])
  const version = unquote(hints['sec-ch-ua-platform-version'])
  if (!name || !version) return null
  if (name !== 'Windows') return { name, version }
  // Windows says the version of an internal contract: 13 and later are Windows 11, 1 to 10 are Windows 10.
  const major = Number.parseInt(version, 10)
  return major > 0 ? { name, version: major >= 13 ? '11' : '10' } : null
}

function readHintedDevice(sent: string | undefined): Device | null {
  const model = unquote(sent)
  return model ? { family: model, model } : null
}

function unquote(text: string | undefined): string {
  return (text ?? '').slice(0, 100).replaceAll('"', '').trim()
}
