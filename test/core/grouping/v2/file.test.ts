// What identifies a source file (grouping.md 3.6).

import { expect, test } from 'vitest'
import { identifyFile } from '../../../../core/grouping/v2/file.ts'

test.each([
  ['/srv/shop/Cart.py', 'cart.py'],
  ['C:\\agent\\_work\\3\\s\\Cart.cs', 'cart.cs'],
  ['https://a.example/cart.js?v=1/2#/x/y', 'cart.js'],
  ['/src/c#/cart.cs', 'cart.cs'],
  ['/assets/cart-BxK3jd9a.js', 'cart.js'],
  ['/assets/cart.mjs', 'cart.js'],
  ['/assets/cart-checkout.tsx', 'cart-checkout.js'],
  ['/assets/cart.3fa9c21b0d.chunk.js', 'cart.chunk.js'],
  ['/views/0123456789abcdef0123456789abcdef01234567.php', '<h>.php'],
  ['/srv/shop/orders/views.py', 'orders/views.py'],
  ['/srv/shop/views.py', 'shop/views.py'],
  ['/srv/views.py', 'views.py'],
  ['/srv/releases/20260301094500/index.php', 'index.php'],
  ['/srv/1.2.3/index.php', 'index.php'],
  ['/srv/build-12/index.php', 'index.php'],
  ['C:/index.php', 'index.php'],
  ['lodash@4.17.21/index.js', 'lodash/index.js'],
  ['static/js/main', 'js/main'],
  ['index.js', 'index.js'],
  ['/', ''],
  ['', ''],
])('%s is %s', (path, expected) => {
  expect(identifyFile(path)).toBe(expected)
})
