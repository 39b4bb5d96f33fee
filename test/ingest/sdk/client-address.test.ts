// The client's address behind proxies (protocol 2.13), and what hostile headers make of it (case 158).
import { expect, test } from 'vitest'
import { clientAddress } from '../../../ingest/sdk/request-meta.ts'

test.each<[string, string | undefined, string, number, string | null]>([
  ['the socket', undefined, '203.0.113.7', 0, '203.0.113.7'],
  ['the socket, as IPv4', undefined, '::ffff:1.2.3.4', 0, '1.2.3.4'],
  ['the socket, without its zone', undefined, 'fe80::1%eth0', 0, 'fe80::1'],
  ['the socket when no proxy is trusted', '9.9.9.9', '203.0.113.7', 0, '203.0.113.7'],
  ['the socket when the proxy sent nothing', undefined, '10.0.0.1', 1, '10.0.0.1'],
  ['what one proxy saw', '9.9.9.9', '10.0.0.1', 1, '9.9.9.9'],
  ['what one proxy saw, whatever the client claims', '6.6.6.6, 9.9.9.9', '10.0.0.1', 1, '9.9.9.9'],
  ['what the outer of two proxies saw', '6.6.6.6, 9.9.9.9, 10.0.0.2', '10.0.0.1', 2, '9.9.9.9'],
  ['the first when there are fewer than trusted', '9.9.9.9', '10.0.0.1', 3, '9.9.9.9'],
  ['an address without its port', '9.9.9.9:4711', '10.0.0.1', 1, '9.9.9.9'],
  ['158 IPv6 without brackets and port', '[::1]:80', '10.0.0.1', 1, '::1'],
  ['158 a mapped address', '::ffff:1.2.3.4', '10.0.0.1', 1, '1.2.3.4'],
  ['158 the socket instead of a script', '"><script>', '10.0.0.1', 1, '10.0.0.1'],
  ['158 the last of a 10 KB list', `${'1.1.1.1, '.repeat(1000)}9.9.9.9`, '10.0.0.1', 1, '9.9.9.9'],
  ['nothing when nothing is an address', 'unknown', '', 1, null],
])('is %s', (_name, forwarded, socket, proxies, expected) => expect(clientAddress(forwarded, socket, proxies)).toBe(expected))
