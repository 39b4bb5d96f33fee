// Whether a stack frame is the application's own or a library's (protocol 4.11). For showing only: grouping has rules of
// its own, which are frozen (grouping.md 3.4).

import type { JsonObject } from './json.ts'

// What protocol 4.11 calls libraries outranks the SDK's own flag, because SDKs that only know a project root call
// everything below it the application, installed packages included.
const libraryPath =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor)\/|\/go\/pkg\/mod\/|\.pub-cache\/|\/\.local\/share\/|^\/usr\/local\/lib\/|^https?:\/\/(?:unpkg\.com|cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net|esm\.run)\//
const libraryModule =
  /^(?:javax?|jdk|sun|com\.sun|kotlinx?|scala|androidx?|org\.apache|org\.springframework|org\.jboss|io\.netty|io\.ktor|io\.opentelemetry|io\.sentry|reactor\.core)\.|^(?:@babel|core-js|regenerator-runtime|tslib)(?:\/|$)/
const javascriptMachinery = new Set(['processTicksAndRejections', 'runMicrotasks', 'queueMicrotask', 'nextTick', 'runNextTicks'])
const nativeMachinery = /^(?:std|core|alloc)::|^__rust_|^rust_begin_unwind$/
const nativeSystem = /^\/(?:usr\/)?lib\/|^\/System\/Library\/Frameworks\/|^C:[\\/]Windows[\\/]/i
const nativeApplication = /^\/Users\/|\.app\/Contents\/|\/Bundle\/Application\//
const nativePlatforms = new Set(['native', 'cocoa', 'objc', 'c', 'swift'])

/** The SDK's flag, corrected by well-known library places; without a flag only native application bundles count as in app. */
export function isInApp(frame: JsonObject, platform: string): boolean {
  if (frame.in_app === false) return false
  const family = typeof frame.platform === 'string' ? frame.platform : platform
  const isNative = nativePlatforms.has(family)
  if (frame.in_app === true) return !isLibrary(frame, isNative) && !isMachinery(frame, family, isNative)
  return isNative && typeof frame.package === 'string' && nativeApplication.test(frame.package.slice(0, 1024))
}

function isLibrary(frame: JsonObject, isNative: boolean): boolean {
  if (typeof frame.module === 'string' && libraryModule.test(frame.module)) return true
  if (isNative && typeof frame.package === 'string' && nativeSystem.test(frame.package)) return true
  const sent = frame.abs_path || frame.filename
  if (typeof sent !== 'string') return false
  const path = sent.length > 1024 ? sent.slice(0, 1024) : sent
  return libraryPath.test(path.includes('\\') ? path.replaceAll('\\', '/') : path)
}

function isMachinery(frame: JsonObject, family: string, isNative: boolean): boolean {
  if (typeof frame.function !== 'string') return false
  if (family === 'javascript' || family === 'node') return javascriptMachinery.has(frame.function)
  return isNative && nativeMachinery.test(frame.function)
}
