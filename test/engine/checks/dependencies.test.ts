import { expect, test } from 'vitest'
import { dependents, downBelow, type Node } from '../../../src/engine/checks/dependencies.ts'
import type { CheckState } from '../../../src/model/check.ts'

function nodes(parts: Readonly<Record<string, readonly [CheckState, ...string[]]>>): ReadonlyMap<string, Node> {
  return new Map(
    Object.entries(parts).map(([name, [state, ...depends]]) => [name, { definition: { name, depends }, state }]),
  )
}

test('what is down below is found through others, which need not be down themselves', () => {
  const all = nodes({ web: ['down', 'api'], api: ['unknown', 'db'], db: ['down'], other: ['down'] })
  expect(downBelow('web', all)).toBe('db')
  expect(downBelow('api', all)).toBe('db')
  expect(downBelow('db', all)).toBeUndefined()
  expect(downBelow('other', all)).toBeUndefined()
})

test('of several it is the root', () => {
  const all = nodes({ web: ['down', 'api'], api: ['down', 'db'], db: ['down', 'disk'], disk: ['up'] })
  expect(downBelow('web', all)).toBe('db')
})

test('names that no check has, and circles, mean nothing', () => {
  const all = nodes({ a: ['down', 'b', 'nobody'], b: ['up', 'a'], c: ['down', 'c'] })
  expect(downBelow('a', all)).toBeUndefined()
  expect(downBelow('b', all)).toBe('a')
  expect(downBelow('c', all)).toBeUndefined()
})

test('those above are known through any number of steps', () => {
  const definitions = [
    { name: 'web', depends: ['api', 'nobody'] },
    { name: 'api', depends: ['db'] },
    { name: 'db', depends: [] },
    { name: 'loop', depends: ['loop', 'db'] },
  ]
  const above = dependents(definitions)
  expect([...(above.get('db') ?? [])].sort()).toEqual(['api', 'loop', 'web'])
  expect([...(above.get('api') ?? [])]).toEqual(['web'])
  expect(above.get('loop')).toBeUndefined()
})
