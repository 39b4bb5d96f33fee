// What identifies a frame, language by language (grouping.md 3.5).

import { describe, expect, test } from 'vitest'
import { identityOf } from './given.ts'

const bundle = 'https://cdn.example.com/r/17/app-BxK3jd9a.js'

describe('in JavaScript', () => {
  test.each([
    ['a local file and its function', { abs_path: '/app/orders.js', function: 'Orders.place' }, 'orders.js|place'],
    ['a module', { abs_path: '/app/orders.js', module: 'lib/orders@2.1.0/a1b2c3d4/place', function: 'place' }, 'lib/orders/place|place'],
    ['only the function, where the file came over the network', { abs_path: bundle, function: 'placeOrder' }, '|placeOrder'],
    ['a module of the network by its file', { abs_path: bundle, module: 'static/js/cart.3fa9c21b', function: 'place' }, 'cart|place'],
    ['no module that is the page', { abs_path: 'https://shop.example.com/orders/17?a=b', module: 'orders/17', function: 'place' }, '|place'],
    ['a function without its engine’s marks', { abs_path: bundle, function: 'async*Object.open [as start]' }, '|open'],
    ['a constructor', { abs_path: bundle, function: 'new Cart' }, '|Cart'],
    ['a short word', { abs_path: bundle, function: 'cb' }, '|cb'],
    ['a short name in a local file', { abs_path: '/app/a.js', function: 'e' }, 'a.js|e'],
    ['a file without a function', { abs_path: '/app/a.mjs', function: '<anonymous>' }, 'a.js|'],
    ['a source line, where there is a source map', { abs_path: 'webpack:///./src/cart.ts', function: 't', data: { sourcemap: 'x' }, context_line: '  pay( cart )' }, 'cart.js|`pay( cart )'],
    ['the function, where the mapped line was cut', { abs_path: 'webpack:///./src/cart.ts', function: 'pay', data: { sourcemap: 'x' }, context_line: '{snip} pay' }, 'cart.js|pay'],
  ])('%s', (_, frame, expected) => {
    expect(identityOf('javascript', frame)).toBe(expected)
  })

  test.each([
    ['a minified name', { abs_path: bundle, function: 'Ze' }],
    ['no name in a bundle', { abs_path: bundle, function: 'foo/<' }],
    ['the engine', { abs_path: '[native code]', function: 'map' }],
    ['eval', { abs_path: '/app/a.js', function: 'eval' }],
    ['the event loop', { abs_path: '/app/a.js', function: 'process.processTicksAndRejections' }],
    ['a combinator', { function: 'async Promise.all (index 3)' }],
    ['a compiled generator', { abs_path: '/app/a.js', function: 'Generator.next' }],
    ['a polyfill', { module: 'core-js/modules/es.promise', function: 'run' }],
  ])('%s has no identity', (_, frame) => {
    expect(identityOf('javascript', frame)).toBe('')
  })
})

test.each([
  ['java', { module: 'a.B$$SpringCGLIB$$0', function: 'c' }, 'a.B|c'],
  ['java', { module: 'a.B_$$_jvst12_3', function: 'c' }, 'a.B|c'],
  ['java', { module: 'a.B$HibernateProxy$x1', function: 'c' }, 'a.B|c'],
  ['java', { module: 'a.B$EnhancerByGuice$12', function: 'c' }, 'a.B|c'],
  ['java', { module: 'a.$Proxy12', function: 'c' }, 'a.$Proxy|c'],
  ['java', { module: 'a.core$fn__123', function: 'invoke' }, 'a.core$fn|invoke'],
  ['java', { module: 'a.B$load$2', function: 'c' }, 'a.B$load|c'],
  ['java', { module: 'a.GeneratedMethodAccessor77', function: 'invoke' }, 'a.GeneratedMethodAccessor|invoke'],
  ['java', { module: 'a.B', function: 'lambda$c$14' }, 'a.B|lambda$c'],
  ['java', { abs_path: 'B.kt', function: 'c' }, 'b.kt|c'],
  ['csharp', { module: 'A.B+<Go>d__5', function: 'MoveNext' }, 'A.B|Go'],
  ['csharp', { module: 'A.B+<>c__DisplayClass5_0', function: '<Go>b__1' }, 'A.B|Go'],
  ['csharp', { module: 'A.B+<>c', function: '<Go>g__Inner|2_0' }, 'A.B|Go'],
  ['csharp', { module: 'A.B+C', function: 'Go (System.String x)' }, 'A.B+C|Go'],
  ['csharp', { module: 'A.B', function: 'MoveNext' }, 'A.B|MoveNext'],
  ['csharp', { module: 'A.B', function: 'lambda_method12' }, ''],
  ['php', { abs_path: '/srv/r/12/src/Seat.php', function: 'class@anonymous\u0000/srv/r/12/src/Seat.php:3$0::lock' }, 'seat.php|class@anonymous::lock'],
  ['php', { abs_path: '/srv/src/Seat.php', function: 'class@anonymous::lock' }, 'seat.php|class@anonymous::lock'],
  ['php', { abs_path: '/srv/src/Seat.php', function: 'App\\{closure:App\\Seat::lock():12}' }, 'seat.php|App\\{closure}'],
  ['php', { abs_path: '/srv/src/Seat.php', function: '{main}' }, 'seat.php|'],
  ['go', { module: 'a/b', function: '(*C).d.func1.2' }, 'a/b|(*C).d.func'],
  ['go', { module: 'a/b', function: 'Map[...].Get[...]' }, 'a/b|Map.Get'],
  ['ruby', { abs_path: 'a.rb', function: 'rescue in block (3 levels) in Orders::Cart#pay' }, 'a.rb|block in pay'],
  ['ruby', { abs_path: 'a.rb', function: 'Orders.pay' }, 'a.rb|pay'],
  ['ruby', { abs_path: 'a.erb', function: '_app_views_a_html_erb___3327151541118998292_70361' }, 'a.erb|_app_views_a_html_erb'],
  ['python', { module: 'shop.views', function: '<module>' }, 'shop.views|<module>'],
  ['python', { abs_path: '/srv/shop/views.py', function: '<lambda>' }, 'shop/views.py|<lambda>'],
  ['elixir', { module: 'Shop.Cart', raw_function: 'pay/2' }, 'Shop.Cart|pay/2'],
  ['other', { function: '?' }, ''],
  ['other', { module: 'm', function: '???' }, 'm|'],
])('on %s, %j is %j', (platform, frame, expected) => {
  expect(identityOf(platform, frame)).toBe(expected)
})

test('a frame’s own platform goes before the event’s', () => {
  expect(identityOf('python', { platform: 'native', module: 'm', function: 'a::b(int)' })).toBe('|a::b')
})
