import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completeKey } from '../../../src/model/process-filter/complete.ts'
import { FILTER_KEYS, nearestKey } from '../../../src/model/process-filter/keys.ts'
import { parseFilter } from '../../../src/model/process-filter/parse.ts'

const inserts = (text: string, cursor = text.length) => completeKey(text, cursor).map(({ insert }) => insert)

test('a key that was begun is completed with its operator', () => {
  expect(inserts('us')).toEqual(['er:'])
  expect(inserts('nginx (cp')).toEqual(['u>', 'u_user>', 'u_system>'])
  expect(inserts('!conta')).toEqual(['iner:'])
  expect(inserts('memo')).toEqual(['ry>'])
  expect(inserts('p')).toContain('id:')
  expect(inserts('US')).toEqual(['er:'])
})

test('a whole key is completed with operators', () => {
  expect(inserts('threads')).toEqual(['>', '<', '>=', '<=', '=', '!='])
  expect(inserts('pid')[0]).toBe(':')
  expect(inserts('unit')).toEqual([':', '!='])
  expect(inserts('cpu')).toEqual(['>', '<', '>=', '<=', '=', '!=', '_user>', '_system>'])
})

test('values that are few are completed', () => {
  expect(inserts('state:')).toContain('Z')
  expect(inserts('io:be')).toEqual(['st-effort'])
  expect(inserts('user:')).toEqual([])
})

test('what stands behind the cursor does not matter', () => {
  expect(inserts('us nginx', 2)).toEqual(['er:'])
})

test('nothing is completed where nothing was begun, within quotes and for what is no key', () => {
  for (const text of ['', 'nginx ', '(', '"us', 'xyz', 'nope:', '/us']) expect(inserts(text), text).toEqual([])
})

test('every completion of a key leads to a filter that only lacks its value', () => {
  for (const { name } of FILTER_KEYS) {
    for (let length = 1; length <= name.length; length++) {
      const begun = name.slice(0, length)
      for (const { insert, help } of completeKey(begun, length)) {
        const { error } = parseFilter(begun + insert)
        expect(error, begun + insert).toMatchObject({ at: length + insert.length, length: 0 })
        expect(help).not.toBe('')
      }
    }
  }
})

test('no text throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, cursor) => {
      completeKey(text, cursor)
    }),
  )
})

test('the nearest key is one that was most likely meant', () => {
  expect(['usr', 'uesr', 'pdi', 'comand', 'thread', 'memry', 'contaner', 'fauls'].map(nearestKey)).toEqual([
    'user',
    'user',
    'pid',
    'command',
    'threads',
    'mem',
    'container',
    'faults',
  ])
  for (const text of ['x', 'http', 'foo', 'localhost', '127']) expect(nearestKey(text), text).toBeUndefined()
})
