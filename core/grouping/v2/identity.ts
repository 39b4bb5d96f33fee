// A frame's identity: its location and its function, cleaned as its language needs it (grouping.md 3.5).

import { identifyFile } from './file.ts'
import { isNoName, nameless, type Frame, type Identity } from './frame.ts'
import { cleanDotnetFunction, cleanDotnetModule } from './platform/dotnet.ts'
import { cleanGoFunction } from './platform/go.ts'
import { identifyJavaScript } from './platform/javascript.ts'
import { cleanJvmFunction, cleanJvmModule } from './platform/jvm.ts'
import { cleanNativeFunction } from './platform/native.ts'
import { cleanPhpFunction } from './platform/php.ts'
import { cleanRubyFunction } from './platform/ruby.ts'

/** Pure; the same frame always has the same identity. */
export function identify(frame: Frame): Identity {
  switch (frame.platform) {
    case 'javascript':
    case 'node':
      return identifyJavaScript(frame)
    case 'native':
    case 'cocoa':
    case 'c':
    case 'objc':
    case 'swift':
      return join('', cleanNativeFunction(frame.name))
    case 'java':
    case 'kotlin':
    case 'scala':
    case 'clojure':
    case 'groovy':
      return join(frame.module === '' ? identifyFile(frame.path) : cleanJvmModule(frame.module), cleanJvmFunction(frame.name))
    case 'csharp':
    case 'fsharp':
    case 'dotnet': {
      const name = cleanDotnetFunction(frame.name, frame.module)
      if (typeof name !== 'string') return name
      return join(frame.module === '' ? identifyFile(frame.path) : cleanDotnetModule(frame.module), name)
    }
    case 'php':
      return join(frame.module || identifyFile(frame.path), cleanPhpFunction(frame.name))
    case 'go':
      return join(frame.module || identifyFile(frame.path), cleanGoFunction(frame.name))
    case 'ruby':
      return join(frame.module || identifyFile(frame.path), cleanRubyFunction(frame.name))
    default:
      return join(frame.module || identifyFile(frame.path), frame.name)
  }
}

function join(location: string, name: string): Identity {
  const called = isNoName(name) ? '' : name
  return location === '' && called === '' ? nameless : `${location}\u001F${called}`
}
