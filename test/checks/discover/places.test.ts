import { expect, test } from 'vitest'
import { nameThem } from '../../../src/checks/discover/names.ts'
import { type Place, placeKey, placesOf } from '../../../src/checks/discover/places.ts'
import type { Listener } from '../../../src/model/host.ts'

const OWN_PID = 99

function listener(address: string, port: number, process?: string, pid?: number): Listener {
  return {
    protocol: 'tcp',
    address,
    port,
    ...(process !== undefined && { process }),
    ...(pid !== undefined && { pid }),
  }
}

function hosts(listeners: readonly Listener[]): string[] {
  return placesOf(listeners, OWN_PID).map(({ host, port }) => `${host} ${port}`)
}

test('a socket on all addresses is asked on loopback', () => {
  expect(hosts([listener('0.0.0.0', 80, 'nginx', 1)])).toEqual(['127.0.0.1 80'])
  expect(hosts([listener('::', 80, 'nginx', 1)])).toEqual(['::1 80'])
})

test('the sockets of one program on one port are one place, IPv4 loopback before all else', () => {
  const sockets = [
    listener('::', 80, 'nginx', 1),
    listener('10.0.0.5', 80, 'nginx', 1),
    listener('0.0.0.0', 80, 'nginx', 1),
  ]
  expect(hosts(sockets)).toEqual(['127.0.0.1 80'])
})

test('programs that share a port on different addresses are two places', () => {
  expect(hosts([listener('127.0.0.53', 53, 'systemd-resolve', 4), listener('10.0.0.5', 53, 'dnsmasq', 5)])).toEqual([
    '127.0.0.53 53',
    '10.0.0.5 53',
  ])
})

test('what healthtop itself listens on, and addresses that need an interface, are no places', () => {
  expect(hosts([listener('127.0.0.1', 9876, 'healthtop', OWN_PID), listener('fe80::1', 80, 'nginx', 1)])).toEqual([])
})

function names(
  places: readonly Place[],
  named: ReadonlyMap<string, string> = new Map(),
  taken: string[] = [],
): string[] {
  return [...nameThem(places, named, new Set(taken)).values()]
}

const place = (port: number, process?: string): Place => ({
  protocol: 'tcp',
  host: '127.0.0.1',
  port,
  ...(process !== undefined && { process }),
})

test('a place is called by its program, else by what is usual on its port', () => {
  expect(names([place(80, 'nginx'), place(5432), place(4711)])).toEqual(['nginx', 'postgresql', 'port 4711'])
})

test('the second place of a program has its port in its name, and no configured name is taken', () => {
  expect(names([place(80, 'nginx'), place(8080, 'nginx')], new Map(), ['nginx'])).toEqual(['nginx :80', 'nginx :8080'])
})

test('what has a name keeps it', () => {
  const named = new Map([[placeKey(place(8080, 'nginx')), 'nginx']])
  expect(names([place(80, 'nginx'), place(8080, 'nginx')], named)).toEqual(['nginx :80', 'nginx'])
})

test('escape sequences in the name of a program do not come through', () => {
  expect(names([place(80, 'a\x1b[31mb')])).toEqual(['a[31mb'])
})
