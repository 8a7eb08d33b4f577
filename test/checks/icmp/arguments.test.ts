import { expect, test } from 'vitest'
import { pingCommands, wasMisunderstood } from '../../../src/checks/icmp/arguments.ts'

const wish = { host: 'db.example', count: 3, leftMs: 3000 }
const called = (changes: object, platform: NodeJS.Platform = 'linux') =>
  pingCommands({ ...wish, ...changes }, platform).map(({ program, args }) => [program, ...args].join(' '))

test('waits for what is left of the time, in whole seconds where it can', () => {
  expect(called({})).toEqual(['ping -n -c 3 -i 0.2 -W 2 -- db.example', 'ping -c 1 -W 1 -- db.example'])
  expect(called({ leftMs: 1000 })[0]).toBe('ping -n -c 3 -i 0.2 -W 0.45 -- db.example')
  expect(called({ leftMs: 300_000 })[0]).toBe('ping -n -c 3 -i 0.2 -W 10 -- db.example')
})

test('sends only what fits in the time', () => {
  expect(called({ count: 20, leftMs: 1000 })[0]).toBe('ping -n -c 4 -i 0.2 -W 0.25 -- db.example')
  expect(called({ leftMs: 0 })[0]).toBe('ping -n -c 1 -i 0.2 -W 0.05 -- db.example')
})

test('asks the family that is wanted', () => {
  expect(called({ family: 6 })[0]).toBe('ping -n -c 3 -i 0.2 -W 2 -6 -- db.example')
})

test('macOS counts its wait in milliseconds, and has a program for IPv6', () => {
  expect(called({}, 'darwin')).toEqual(['ping -n -c 3 -i 0.2 -W 2450 -- db.example'])
  expect(called({ host: '::1' }, 'darwin')).toEqual(['ping6 -n -c 3 -i 0.2 -- ::1'])
})

test.each([
  ["ping: invalid option -- 'i'\nBusyBox v1.20.2 multi-call binary.", true],
  ["ping: invalid number '0.45'", true],
  ["ping: invalid argument: '0.45': out of range: 0 <= value <= 2147483", true],
  ['ping: illegal option -- W\nusage: ping [-AaDd]', true],
  ['ping: nosuch.invalid: Name or service not known', false],
  ['', false],
])('%j is told about arguments: %s', (stderr, expected) => {
  expect(wasMisunderstood(stderr)).toBe(expected)
})
