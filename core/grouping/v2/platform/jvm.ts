// Frames of Java, Kotlin and other languages of the JVM: without what proxies, lambdas and reflection number
// (grouping.md 3.5).

import { remember } from '../memo.ts'

const generated = /(?:_?\$\$|\$(?:HibernateProxy|ByteBuddy|auxiliary|MockitoMock|EnhancerBy\w{1,60}|FastClassBy\w{1,60})\$)[^]*$/

export const cleanJvmModule: (module: string) => string = remember((module) =>
  module
    .replace(generated, '')
    .replaceAll(/\$Proxy\d+/g, '$Proxy')
    .replaceAll(/\$fn__\d+/g, '$fn')
    .replace(/\$load\$\d+$/, '$load')
    .replace(/Accessor\d+$/, 'Accessor'),
)

export const cleanJvmFunction: (name: string) => string = remember((name) => name.replace(/^(lambda\$.+)\$\d+$/, '$1'))
