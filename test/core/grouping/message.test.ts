// The message normalisers, class by class: that behind `{{ message }}` in fingerprints, and that of v2.

import { describe, expect, test } from 'vitest'
import { normaliseMessage as ofFingerprints } from '../../../core/grouping/message.ts'
import { normaliseMessage as ofV2 } from '../../../core/grouping/v2/message.ts'

describe.each([['fingerprints', ofFingerprints], ['v2', ofV2]])('for %s', (_, normaliseMessage) => {
  describe('parameters', () => {
    test.each([
      ['mail to bob.w+tag@sub.example.org bounced', 'mail to <v> bounced'],
      ['invalid record name="bob smith" id=\'x\' on=true', 'invalid record name=<v> id=<v> on=<v>'],
      ['webhook https://hooks.example.com/a/1?x=2 slow (http://10.0.0.1:8080/zz)', 'webhook <v> slow (<v>)'],
      ['cannot unlink /tmp/upload20240101-17-ab12cd: gone', 'cannot unlink <v>: gone'],
      ['cannot unlink /var/folders/zz/zyx/T/upload8812', 'cannot unlink <v>'],
      ['open C:\\Users\\John Doe\\AppData\\Local\\Temp\\a.tmp failed', 'open <v> failed'],
      ['lease expired at 2026-03-01T10:00:00.123Z', 'lease expired at <v>'],
      ['lease expired at 2025-12-24 23:59:59,456 +0100 again', 'lease expired at <v> again'],
      ['since Mon, 3 Mar 2026 10:00:00 GMT; until 10:15:07 or 3:04 PM', 'since <v>; until <v> or <v>'],
      ['sync of 2eb7d3ba-4d15-4f9d-9a8f-b1ddf7f94b93 failed', 'sync of <v> failed'],
      ['peer fe80::1ff:fe23:4567:890a%eth0 closed', 'peer <v> closed'],
      ['peer [2001:db8::1]:443 and ::1 closed', 'peer <v> and <v> closed'],
      ['mac aa:bb:cc:dd:ee:ff up', 'mac <v> up'],
      ['bind 127.0.0.1:5432 failed', 'bind <v> failed'],
      ['dns lookup for db1.internal.example.com failed', 'dns lookup for <v> failed'],
      ['token eyJhbGciOi.eyJzdWIiOi.c2ln bad', 'token <v> bad'],
      ['pod api-7d9f8b6c5d-x2x9z died', 'pod api-<v> died'],
      ['GET /orders/ab12cd/items/3 not routed', 'GET /orders/<v>/items/<v> not routed'],
      ['commit da39a3e and da39a3ee5e6b4b0d3255bfef95601890afd80709', 'commit <v> and <v>'],
      ['bad magic 0xdeadbeef', 'bad magic <v>'],
      ['charge ch_3MqZlPLkdIwHu7ix0snkZ1bB declined', 'charge <v> declined'],
      ['offset -17 of 1,234.5 kB after 3.5ms at 50%', 'offset <v> of <v> after <v> at <v>'],
      ['version 1.2.3 of user12345', 'version <v> of user<v>'],
      ['ids [1, 2, 3] and 4 5', 'ids [<v>] and <v>'],
    ])('%s', (text, expected) => {
      expect(normaliseMessage(text, 'other')).toBe(expected)
    })
  })

  test.each([
    'HTTP 404', 'HTTP/1.1 503 from server', 'Status code: 500', "errno='2'", 'exit status 1', 'exited with 137', 'signal 11', '404 Client Error: Not Found', '5xx Server Error', 'SQLSTATE[08004]: too many connections: 1040', 'ORA-00942: no table', 'Minified React error #301; see',
    'java.io.IOException', 'System.Net.Http', 'A::B std::vector', 'reset user-password-reset-token', 'feature defaced', 'utf8 x86 v1', "name 'alice'", '/api/v2/users', 'key="',
  ])('%s is kept: a category or a name', (text) => {
    expect(normaliseMessage(text, 'other')).toBe(text)
  })

  test.each([
    ['javascript', "Cannot read properties of undefined (reading 'x')", 'null access: x'],
    ['javascript', "Cannot set properties of null (setting 'x')", 'null access: x'],
    ['node', "Cannot read property 'x' of undefined", 'null access: x'],
    ['javascript', 'can\'t access property "x", a.b is undefined', 'null access: x'],
    ['javascript', "null is not an object (evaluating 'a.b.x')", 'null access: x'],
    ['javascript', "undefined is not an object (evaluating 'a.x = 3')", 'null access: x'],
    ['javascript', "undefined is not an object (evaluating 'a.x(b.c)')", 'null access: x'],
    ['javascript', "Can't find variable: x", 'x is not defined'],
    ['javascript', "a.x is not a function. (In 'a.x()', 'a.x' is undefined)", 'a.x is not a function'],
    ['python', "Can't find variable: x", "Can't find variable: x"],
    ['ruby', "undefined method `x' for nil:NilClass", "undefined method 'x' for nil"],
    ['ruby', 'bad #<Shop::User:0x000f1 @id=1>', 'bad #<Shop::User>'],
    ['elixir', 'no match %{a: %{b: 1}} and %Mod.X{c: 1', 'no match %{} and %{}'],
  ])('on %s, %s is worded %s', (platform, text, expected) => {
    expect(normaliseMessage(text, platform)).toBe(expected)
  })

  test('only the first two lines with text count, on one line of at most 300 units', () => {
    expect(normaliseMessage('\r\n  first \n\n second\tword \nthird', 'other')).toBe('first second word')
    expect(normaliseMessage('word '.repeat(400), 'other')).toHaveLength(300)
  })

  test('no text of 2,048 units takes long', () => {
    const parts = ['a', '1', '1.', 'a@', '/a1', '-a', '="', 'a:', '::', 'eyJ', 'a1b2', '_1', 'A', '0x', '1,000', '%{', '#<a', 'a.', 'C:\\a\\', '1-', 'Mon ', '`', "'", 'http://', '<v> ', 'SQLSTATE[', 'status ', 'aaaaaaaa-', '/tmp/', "null is not an object (evaluating 'a", 'can\'t access property "']
    for (const part of parts) {
      for (const platform of ['javascript', 'ruby', 'elixir']) {
        const text = part.repeat(2048).slice(0, 2048)
        const before = process.threadCpuUsage()
        for (let run = 0; run < 10; run++) normaliseMessage(text, platform)
        // A tenth is under 1 ms once compiled; a pattern that backtracks would need far more than this on any machine.
        expect(process.threadCpuUsage(before).user / 1000, part).toBeLessThan(200)
      }
    }
  })
})
