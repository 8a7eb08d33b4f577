import { expect, test } from 'vitest'
import { decodeCommand, decodeName, parsePasswd, parseUid } from '../../../../src/probes/linux/processes/identity.ts'
import { parsePageBytes } from '../../../../src/probes/linux/processes/page-size.ts'

test('arguments are joined by spaces, and what a rewritten title left behind goes', () => {
  expect(decodeCommand(Buffer.from('node\0server.js\0--port\x008080\0'))).toBe('node server.js --port 8080')
  expect(decodeCommand(Buffer.from('nginx: master process\0\0\0\0\0'))).toBe('nginx: master process')
  expect(decodeCommand(Buffer.from('postgres: idle      '))).toBe('postgres: idle')
  expect(decodeCommand(Buffer.alloc(0))).toBe('')
})

test('text that would reach the terminal is made safe', () => {
  expect(decodeCommand(Buffer.from('a\x1b[2Jb\0\x1b]0;t\x07\n'))).toBe('a[2Jb ]0;t')
  expect(decodeCommand(Buffer.from('first\nsecond\0\u202eevil\0'))).toBe('first second evil')
  expect(decodeName(Buffer.from([0xff, 0x41]))).toBe('\ufffdA')
  expect(decodeName(Buffer.from('\x01\x07'))).toBe('?')
})

test('a character that the end of the bytes cuts is left out', () => {
  expect(decodeCommand(Buffer.from('ab漢').subarray(0, 4))).toBe('ab')
})

test('the real user id is the first of the four', () => {
  expect(parseUid(Buffer.from('Name:\tUid:\\n\nUmask:\t0022\nUid:\t1000\t0\t0\t0\nGid:\t7\t7\t7\t7\n'))).toBe(1000)
  expect(parseUid(Buffer.from('Name:\tx\nGid:\t7\n'))).toBeNaN()
})

test('user names by id, the first of several, broken lines left out', () => {
  const names = parsePasswd(
    'root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n\n# x\nbad:x:y:1\n:x:5:5\nan\x1b[1mna:x:7:7:::\n',
  )
  expect([...names]).toEqual([
    [0, 'root'],
    [7, 'an[1mna'],
  ])
})

test('the page size stands in the auxiliary vector', () => {
  const words = (...values: bigint[]) => Buffer.from(new BigUint64Array(values).buffer)
  expect(parsePageBytes(words(33n, 1n, 6n, 65_536n, 0n, 0n))).toBe(65_536)
  expect(parsePageBytes(words(33n, 6n, 0n, 0n))).toBe(4096)
  expect(parsePageBytes(Buffer.from([6]))).toBe(4096)
})
