// Whether a stack frame is the application's own or a library's (protocol 4.11). For showing only: grouping has rules of
// its own, which are frozen (grouping.md 3.4).

import type { JsonObject } from './json.ts'

// Paths and modules that both protocol 4.11 and grouping.md 3.4 call libraries: they outrank the SDK's own flag, because
// SDKs that only know a project root call everything below it the application, installed packages included.
const libraryPath =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor)\/|\/go\/pkg\/mod\/|\.pub-cache\/|^\/usr\/local\/lib\/|^https?:\/\/(?:unpkg\.com|cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net)\//
const libraryModule =
  /^(?:javax?|jdk|sun|com\.sun|kotlinx?|scala|androidx?|org\.apache|org\.springframework|org\.jboss|io\.netty|io\.ktor|io\.sentry|reactor\.core)\.|^(?:@babel|core-js|regenerator-runtime|tslib)(?:\/|$)/
const nativeApplication = /^\/Users\/|\.app\/Contents\/|\/Bundle\/Application\//
const nativePlatforms = new Set(['native', 'cocoa', 'objc', 'c', 'swift'])

/** The SDK's flag, corrected by well-known library places; without a flag only native application bundles count as in app. */
export function isInApp(frame: JsonObject, platform: string): boolean {
  const flag = frame.in_app
  if (flag === false) return false
  if (flag === true) {
    if (typeof frame.module === 'string' && libraryModule.test(frame.module)) return false
    const sent = frame.abs_path || frame.filename
    if (typeof sent !== 'string') return true
    const path = sent.length > 1024 ? sent.slice(0, 1024) : sent
    return !libraryPath.test(path.includes('\\') ? path.replaceAll('\\', '/') : path)
  }
  const family = typeof frame.platform === 'string' ? frame.platform : platform
  return nativePlatforms.has(family) && typeof frame.package === 'string' && nativeApplication.test(frame.package.slice(0, 1024))
}
