// Crashes of the Unreal engine (protocol 2.11). The report is a container of the engine's own, kept as it came beside an event that
// says there was a crash; nothing in it is read yet.
import { openComposed } from './compose.ts'
import { rejections } from './errors.ts'
import type { Way } from './receive.ts'

export const unrealWay: Way = {
  category: 'error',
  namedInBody: false,
  silentLimits: true,
  open({ plain }, request) {
    if (plain.length === 0) return rejections.emptyBody
    const event = JSON.stringify({ platform: 'native', level: 'fatal', message: 'Unreal Engine crash' })
    return openComposed({}, [{ type: 'event', payload: event }, { type: 'unreal_report', payload: plain }], request)
  },
}
