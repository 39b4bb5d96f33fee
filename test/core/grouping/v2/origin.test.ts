// Whose a frame is: the application's or a library's (grouping.md 3.4).

import { describe, expect, test } from 'vitest'
import { judgeFrames } from '../../../../core/grouping/verdicts.ts'
import { ofPlatform, thrown, v2 } from './given.ts'

function reasonOf(platform: string, frame: { [key: string]: unknown }): string | undefined {
  return judgeFrames(ofPlatform(platform, thrown([{ function: 'send', ...frame }])), v2).exceptions[0]?.[0]?.reason
}

describe('an application frame', () => {
  test.each([
    ['python', { module: 'shop', in_app: true }],
    ['python', { module: 'shop' }],
    ['python', { abs_path: '/srv/shop/a.py' }],
    ['java', { module: 'com.acme.Cart' }],
    ['java', { module: 'javaparser.Cart', in_app: true }],
    ['javascript', { abs_path: 'https://a.example/vendors.js' }],
    ['native', { in_app: true }],
    ['native', { package: '/opt/shop/bin/shop' }],
    ['cocoa', { package: '/private/var/containers/Bundle/Application/1/Shop.app/libShop.dylib' }],
    ['cocoa', { package: '/Applications/Shop.app/Contents/Frameworks/libShop.dylib' }],
    ['native', { package: '/data/app/shop/lib/arm64/libshop.so' }],
  ])('on %s is %j', (platform, frame) => {
    expect(reasonOf(platform, frame)).toBe('application frame, counts')
  })
})

describe('a library frame', () => {
  test.each([
    ['python', { module: 'shop', in_app: false }, 'says the SDK'],
    ['node', { abs_path: '/app/node_modules/a/b.js', in_app: true }, 'node_modules'],
    ['node', { filename: 'node_modules\\a\\b.js' }, 'node_modules'],
    ['python', { abs_path: '/v/lib/python3.14/site-packages/a.py' }, 'site-packages'],
    ['python', { abs_path: '<frozen importlib>' }, '<frozen'],
    ['php', { filename: 'vendor/autoload.php' }, 'vendor'],
    ['ruby', { abs_path: '/bundle/gems/a/b.rb' }, '/gems/'],
    ['go', { abs_path: '/root/go/pkg/mod/a/b.go' }, '/go/pkg/mod/'],
    ['dart', { abs_path: '/root/.pub-cache/a.dart' }, '.pub-cache/'],
    ['node', { abs_path: 'node:internal/timers' }, 'node:'],
    ['other', { abs_path: '/usr/local/lib/a' }, '/usr/local/lib/'],
    ['javascript', { abs_path: 'https://unpkg.com/a.js', in_app: true }, 'unpkg.com'],
    ['javascript', { abs_path: 'moz-extension://1/a.js' }, 'browser extension'],
    ['java', { module: 'org.springframework.web.A', in_app: true }, 'org.springframework'],
    ['csharp', { module: 'System.Threading.Tasks' }, 'System'],
    ['python', { module: 'newrelic.hooks' }, 'newrelic'],
    ['python', {}, 'neither module nor path'],
    ['native', {}, 'its package is unknown or the system’s'],
    ['native', { package: '/usr/lib/libc.so' }, 'its package is unknown or the system’s'],
    ['native', { package: '/opt/shop/lib/liba.so' }, 'its package is unknown or the system’s'],
    ['cocoa', { package: 'UIKitCore' }, 'its package is unknown or the system’s'],
    ['native', { package: 'c:\\WINDOWS\\System32\\ntdll.dll' }, 'its package is unknown or the system’s'],
  ])('on %s is %j: %s', (platform, frame, why) => {
    expect(reasonOf(platform, frame)).toBe(`library frame (${why}), counts`)
  })
})
