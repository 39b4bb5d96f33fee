// Application or library: only the frames of the program itself tell its bugs apart (grouping.md 3.4).

import type { CompiledFrameRules } from '../types.ts'
import { readText } from '../front.ts'
import type { Frame } from './frame.ts'
import { remember } from './memo.ts'

export type Origin = { readonly kind: 'application' | 'library' | 'dropped'; readonly reason: string; readonly line?: number; readonly note?: string }

const application: Origin = { kind: 'application', reason: 'application frame' }

function library(why: string): Origin {
  return { kind: 'library', reason: `library frame (${why})` }
}

const marked = library('says the SDK')
const unmarkedNative = library('its package is unknown or the system’s')
const unmarked = library('neither module nor path')

/** The project's frame rules come last and win. */
export function judgeOrigin(frame: Frame, rules: CompiledFrameRules | undefined, errorType: string): Origin {
  const rule = rules?.judge(frame.sent, { family: frame.family, errorType })
  if (rule === undefined) return judgeByItself(frame)
  const kind = rule.action === 'app' ? 'application' : rule.action === 'library' ? 'library' : 'dropped'
  return { kind, reason: `frame rule ${rule.line}: ${rule.text}`, line: rule.line, note: `frame rule ${rule.line} applied: ${rule.text}` }
}

function judgeByItself(frame: Frame): Origin {
  const flag = frame.sent.in_app
  if (flag === false) return marked
  const known = (frame.path === '' ? undefined : judgePath(frame.path)) ?? (frame.module === '' ? undefined : judgeModule(frame.module))
  if (known) return known
  if (flag === true) return application
  if (frame.family !== 'native') return frame.module === '' && frame.path === '' ? unmarked : application
  const file = readText(frame.sent.package)
  return ownPackage.test(file) || (file !== '' && !isSystemPackage(file) && !file.includes('/lib')) ? application : unmarkedNative
}

const segments = /\/(node_modules|site-packages|dist-packages|bower_components|jspm_packages|vendor)\//
const directories = /\/gems\/|\/go\/pkg\/mod\/|\.pub-cache\//
const beginnings = /^(?:node:|<frozen |\/usr\/lib\/|\/usr\/local\/lib\/|\/lib\/)/
const hosts = /^[a-z]{1,10}:\/\/(unpkg\.com|cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net)(?=[/:?#]|$)/i
const extensions = /^(?:[a-z]{1,20}-)*extension:\/\/|^webkit-masked-url:/i

// null, as the memory takes undefined for unknown.
const judgeKnownPath = remember((path: string): Origin | null => {
  const found = segments.exec(`/${path}`)?.[1] ?? directories.exec(path)?.[0] ?? beginnings.exec(path)?.[0] ?? hosts.exec(path)?.[1]
  if (found !== undefined) return library(found.trim())
  return isExtension(path) ? library('browser extension') : null
})

function judgePath(path: string): Origin | undefined {
  return judgeKnownPath(path) ?? undefined
}

export function isExtension(path: string): boolean {
  return extensions.test(path)
}

const modules =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|akka|org\.springframework|org\.apache|org\.hibernate|org\.jboss|org\.glassfish|org\.postgresql|io\.netty|io\.ktor|io\.sentry|reactor|android|androidx|dalvik|com\.android|com\.google\.android|System|Microsoft|mscorlib)\./
const scriptPlumbing = /^(?:@babel|core-js|regenerator-runtime|tslib|zone\.js|@sentry|newrelic)(?=[/.:]|$)/

const judgeKnownModule = remember((module: string): Origin | null => {
  const found = modules.exec(module)?.[0] ?? scriptPlumbing.exec(module)?.[0]
  return found === undefined ? null : library(found.endsWith('.') ? found.slice(0, -1) : found)
})

function judgeModule(module: string): Origin | undefined {
  return judgeKnownModule(module) ?? undefined
}

/** Modules that compilers, polyfills and monitors put between an application's frames. */
export function isScriptPlumbing(module: string): boolean {
  return scriptPlumbing.test(module)
}

const ownPackage = /\/Bundle\/Application\/|\.app\/Contents\/|\/Users\/|\/data\/app\//
const systemPackage =
  /^(?:\/usr\/lib\/|\/lib\/|\/lib64\/|\/System\/|\/system\/|\/apex\/|\/vendor\/|libsystem|libobjc|libdispatch|libdyld|libc\+\+|CoreFoundation|Foundation|UIKit|CFNetwork|GraphicsServices|QuartzCore|IOKit|WebKit|SwiftUI|AttributeGraph)/
const systemPackageOfWindows = /^c:[\\/]windows[\\/]/i

/** A part of the operating system, by the path or name of its binary. */
export const isSystemPackage: (file: string) => boolean = remember((file) => systemPackage.test(file) || systemPackageOfWindows.test(file))
