// Where it happened, as a line of prose: browser, operating system, device, runtime, application (ui.md 2.6). Pure.

import type { Event } from '../../../core/contract/event.ts'

type Fields = Record<string, unknown>

const textOf = (fields: Fields | undefined, ...names: string[]): string | null => {
  for (const name of names) {
    const value = fields?.[name]
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value)
  }
  return null
}

/** `name version`; the raw description where the SDK sent only that. */
function nameOf(fields: Fields | undefined): string | null {
  const name = textOf(fields, 'name', 'raw_description')
  const version = textOf(fields, 'name') === null ? null : textOf(fields, 'version')
  return name === null || version === null || name.includes(version) ? name : `${name} ${version.replace(/(?:\.0){2,}$/, '')}`
}

/** '' when the event says nothing of it. */
export function describeSurroundings({ contexts, release, environment }: Pick<Event, 'contexts' | 'release' | 'environment'>): string {
  const { browser, os, client_os: clientOs, device, runtime, app } = contexts
  const maker = textOf(device, 'manufacturer', 'brand')
  const model = textOf(device, 'name', 'model', 'family')
  const hardware = model === null ? null : maker === null || model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`
  const visitor = joinBy(' on ', [nameOf(browser), nameOf(clientOs)])
  const build = textOf(app, 'app_build')
  const appName = joinBy(' ', [textOf(app, 'app_name', 'app_identifier'), textOf(app, 'app_version')])
  const parts = browser !== undefined && clientOs === undefined && os !== undefined ? [joinBy(' on ', [nameOf(browser), nameOf(os)])] : [visitor, nameOf(os)]
  return joinBy(' · ', [
    ...parts, hardware, nameOf(runtime),
    appName === '' ? null : `${appName}${build === null ? '' : ` (build ${build})`}`, release?.version ?? null, environment,
  ])
}

function joinBy(mark: string, parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(mark)
}
