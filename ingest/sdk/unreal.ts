// Crashes of the Unreal engine (protocol 2.11). The report is a container of the engine's own, kept as it came beside an event that
// says there was a crash; nothing in it is read yet.
import { jsonItem, openComposed } from './compose.ts'
import { isRejection, rejections } from './errors.ts'
import type { Way } from './receive.ts'

export const unrealWay: Way = {
  category: 'error',
  namedInBody: false,
  silentLimits: true,
  async open({ plain }, request) {
    if (plain.length === 0) return rejections.emptyBody
    const event = jsonItem('event', { platform: 'native', level: 'fatal', message: 'Unreal Engine crash' })
    return isRejection(event) ? event : openComposed({}, [event, { type: 'unreal_report', payload: plain }], request)
  },
}
