import { expect, test } from 'vitest'
import type { Listener } from '../../../../src/model/host.ts'
import { coverage, notChecked } from '../../../../src/ui/panels/services/covered.ts'
import { definitionOf, statusOf } from '../../../fixtures/checks.ts'

const check = (type: string, target: string) => statusOf({ definition: definitionOf(target, { type, target }) })
const socket = (protocol: 'tcp' | 'udp', address: string, port: number): Listener => ({ protocol, address, port })

test.each([
  ['tcp', '127.0.0.1:25', socket('tcp', '0.0.0.0', 25), true],
  ['tcp', 'localhost:25', socket('tcp', '127.0.0.1', 25), true],
  ['tcp', '[::1]:25', socket('tcp', '::', 25), true],
  ['tcp', '10.0.4.9:25', socket('tcp', '10.0.4.9', 25), true],
  ['tcp', '10.0.4.9:25', socket('tcp', '127.0.0.1', 25), false],
  ['http', 'https://localhost/healthz', socket('tcp', '::', 443), true],
  ['http', 'http://127.0.0.1', socket('tcp', '0.0.0.0', 80), true],
  ['http', 'http://me:***@localhost:8080/?q=:9', socket('tcp', '0.0.0.0', 8080), true],
  ['http', 'https://shop.example/', socket('tcp', '0.0.0.0', 443), false],
  ['udp', '127.0.0.1:53', socket('udp', '127.0.0.1', 53), true],
  ['tcp', '127.0.0.1:53', socket('udp', '127.0.0.1', 53), false],
  ['process', 'process nginx', socket('tcp', '0.0.0.0', 80), false],
])('%s %s asks %o: %s', (type, target, listener, expected) => {
  expect(coverage([check(type, target)])(listener)?.definition.target).toBe(expected ? target : undefined)
})

test('a port is one, however many sockets and processes hold it', () => {
  const checks = [check('tcp', '127.0.0.1:25')]
  const listeners = [
    socket('tcp', '0.0.0.0', 25),
    socket('tcp', '10.0.4.7', 25),
    socket('udp', '0.0.0.0', 5353),
    socket('udp', '::', 5353),
    { ...socket('tcp', '0.0.0.0', 80), pid: 1 },
    { ...socket('tcp', '0.0.0.0', 80), pid: 2 },
  ]
  expect(notChecked(checks, listeners)).toBe(2)
  expect(notChecked([], [])).toBe(0)
})
