import { expect, test } from 'vitest'
import { parseUtmp, users } from '../../../src/probes/linux/users.ts'
import { filesOf, recorded } from './recorder.ts'

function utmp(size: number, types: readonly number[], bigEndian = false): Buffer {
  const file = Buffer.alloc(size * types.length)
  types.forEach((type, index) => {
    if (bigEndian) file.writeUInt16BE(type, index * size)
    else file.writeUInt16LE(type, index * size)
    file.write('pts/0', index * size + 8)
  })
  return file
}

test.each([
  [384, false],
  [400, false],
  [400, true],
])('records of %i bytes: only people count (big-endian: %s)', (size, bigEndian) => {
  expect(recorded((out) => parseUtmp(utmp(size, [2, 1, 7, 8, 7, 6, 7], bigEndian), out)).gauges).toEqual({
    users_count: 3,
  })
})

test('a length that fits both sizes is told apart by the types', () => {
  const types = Array.from({ length: 24 }, (_, index) => (index % 3 === 0 ? 7 : 8))
  const file = utmp(400, types)
  file.fill(0x61, 40, 400)
  expect(file.length % 384).toBe(0)
  expect(recorded((out) => parseUtmp(file, out)).gauges).toEqual({ users_count: 8 })
})

test('a file that is no utmp is a failure, an empty one is nobody', () => {
  expect(() => recorded((out) => parseUtmp(Buffer.alloc(100), out))).toThrow('100 bytes')
  expect(recorded((out) => parseUtmp(Buffer.alloc(0), out)).gauges).toEqual({ users_count: 0 })
})

test('without utmp the sessions of people are counted, without those it is not known', () => {
  const sessions = filesOf({
    'run/systemd/sessions/1': 'UID=0\nCLASS=user\n',
    'run/systemd/sessions/1.ref': '',
    'run/systemd/sessions/2': 'UID=1000\nCLASS=manager\n',
    'run/systemd/sessions/c3': 'UID=120\nCLASS=greeter\n',
    'run/systemd/sessions/4': 'UID=1000\n',
  })
  expect(recorded((out) => users.read(sessions, out)).gauges).toEqual({ users_count: 2 })
  expect(recorded((out) => users.read(filesOf({}), out)).gauges).toEqual({})
})

test('the older place of utmp is known', () => {
  const files = filesOf({ 'var/run/utmp': utmp(384, [7]) })
  expect(recorded((out) => users.read(files, out)).gauges).toEqual({ users_count: 1 })
})
