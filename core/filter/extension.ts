// Errors that browser extensions, injected scripts and proxies cause in a page that has nothing to do with them.
// The messages and places are those that Sentry's inbound filter knows.

import { readJsonText, readText, type JsonObject } from '../event/json.ts'
import { readExceptions, readFrameList } from '../event/stacks.ts'

const messages = [
  'top.globals', 'originalcreatenotification', 'canvas.contentdocument', 'myapp_removeallhighlights', 'http://tt.epicplay.com', "can't find variable: zitereader",
  'jigsaw is not defined', 'combosearch is not defined', 'http://loading.retry.widdit.com/', 'atomicfindclose', 'fb_xd_fragment', 'bmi_safeaddonload',
  'ebcallbackmessagereceived', '_gcrweb', 'conduitpage', "null is not an object (evaluating 'elt.parentnode')", 'plugin.setsuspendstate is not a function',
  'extension context invalidated', 'webkit-masked-url:', "can't access dead object",
]
const places = [
  'graph.facebook.com', 'connect.facebook.net', 'eatdifferent.com.woopra-ns.com', 'static.woopra.com/js/woopra.js', 'webkit-masked-url', '127.0.0.1:4001/isrunning',
  'webappstoolbarba.texthelp.com/', 'metrics.itunes.apple.com.edgesuite.net/', 'kaspersky-labs.com',
]
const extensionUrl = /^(?:chrome(?:-extension)?|moz-extension|safari(?:-web)?-extension|edge-extension|ms-browser-extension):\/\//
const namelessPlaces = new Set(['<anonymous>', '[native code]'])

/** Known messages in any exception; known places where the first frame that has a place failed. */
export function isFromExtension(event: JsonObject): boolean {
  return readExceptions(event).slice(-20).some((exception) => {
    const message = readJsonText(exception.value, 1024)?.toLowerCase() ?? ''
    return messages.some((known) => message.includes(known)) || isExtensionPlace(findPlace(exception))
  })
}

function isExtensionPlace(place: string): boolean {
  return extensionUrl.test(place) || places.some((known) => place.includes(known))
}

function findPlace(exception: JsonObject): string {
  for (const frame of readFrameList(exception.stacktrace).toReversed()) {
    const place = readText(frame.abs_path) ?? readText(frame.filename)
    if (place !== null && !namelessPlaces.has(place)) return place.slice(0, 1024).toLowerCase()
  }
  return ''
}
