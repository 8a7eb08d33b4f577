// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so a configuration names what is expanded.
import { expect, test } from 'vitest'
import { expand, isMarked } from '../../src/config/expand.ts'

const ENV = { A: 'one', B: 'two', EMPTY: '', TRICKY: '$& ${A} $1' }
const expanded = (value: unknown) => expand(value, ENV).value

test('texts are expanded wherever they stand, several times in one', () => {
  expect(expanded({ a: ['${A}', { b: 'x${A}-${B}${EMPTY}y' }], n: 1, none: null })).toEqual({
    a: ['one', { b: 'xone-twoy' }],
    n: 1,
    none: null,
  })
})

test('what was expanded is not expanded again', () => {
  expect(expanded('${TRICKY}')).toBe('$& ${A} $1')
})

test('$${ means ${, and other dollars mean themselves', () => {
  expect(expanded(['$${A}', '$$${A}', '$A', '$', 'a$$b', '{}'])).toEqual(['${A}', '$${A}', '$A', '$', 'a$$b', '{}'])
  expect(['$${A}', '$A', 7, 'x ${A}'].map(isMarked)).toEqual([false, false, false, true])
})

test('what has nothing to expand in it stays the very same', () => {
  const root = { same: { a: [1, 'x'] }, other: ['${A}'] }
  const value = expanded(root) as typeof root
  expect(value).not.toBe(root)
  expect(value.same).toBe(root.same)
  expect(expanded(root.same)).toBe(root.same)
})

test('a value is a secret once, an empty one is none, and its first name is the one that is shown', () => {
  const { secrets } = expand(['${A}', '${A}', '${EMPTY}', '${A2}'], { ...ENV, A2: 'one' })
  expect(secrets).toEqual([{ value: 'one', shown: '${A}' }])
})

test('what is in several places by an alias, and in itself, is expanded once', () => {
  const shared: Record<string, unknown> = { a: '${NOT_SET}' }
  const circle: Record<string, unknown> = { shared }
  circle.self = circle
  const { problems } = expand([shared, circle], ENV)
  expect(problems).toEqual([{ path: [0, 'a'], text: 'environment variable NOT_SET is not set' }])
})
