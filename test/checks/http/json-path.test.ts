import { expect, test } from 'vitest'
import { parsePath, valueAt, valueText } from '../../../src/checks/http/json-path.ts'

test.each([
  ['status', ['status']],
  ['db.nodes[0].state', ['db', 'nodes', 0, 'state']],
  ['$.a', ['a']],
  ['[1][2]', [1, 2]],
  ['["a.b"].c["d\\"e"]', ['a.b', 'c', 'd"e']],
  ['', []],
  ['a[b]', undefined],
  ['a..b', undefined],
  ['["a]', undefined],
])('the path %s', (path, keys) => {
  expect(parsePath(path)).toEqual(keys)
})

test('only what is there is found', () => {
  const value = JSON.parse('{"a":{"b":[null,{"c":0}]},"x.y":1,"":2,"__proto__":{"z":3}}')
  expect(valueAt(value, 'a.b[1].c')).toBe(0)
  expect(valueAt(value, 'a.b[0]')).toBeNull()
  expect(valueAt(value, 'x.y')).toBe(1)
  expect(valueAt(value, '__proto__.z')).toBe(3)
  expect(valueAt(value, '')).toBe(2)
  for (const path of ['a.b.c', 'a.b[2]', 'a.b[0].c', 'a.toString', 'constructor', 'a.b.length', 'a[b']) {
    expect(valueAt(value, path)).toBeUndefined()
  }
  expect(valueAt('text', 'length')).toBeUndefined()
})

test('a value reads as people say it', () => {
  expect([undefined, null, '', 'x', 0, false, [1, 2], { a: 1 }].map(valueText)).toEqual([
    'nothing',
    'null',
    'an empty text',
    'x',
    '0',
    'false',
    'a list of 2',
    'a mapping',
  ])
})
