import { expect, test } from 'vitest'
import { bindingOf, KEYS } from '../../src/ui/keys/table.ts'

test('no key has two meanings in one context', () => {
  const meanings = new Map<string, string>()
  const clashes: string[] = []
  for (const { context, keys, command } of KEYS) {
    for (const key of keys) {
      const place = `${context} ${key}`
      if (meanings.has(place)) clashes.push(`${place}: ${meanings.get(place)} and ${command}`)
      meanings.set(place, command)
    }
  }
  expect(clashes).toEqual([])
})

test('what the source cannot do has no key', () => {
  expect(bindingOf(KEYS, 'K', ['processes', 'global'], new Set(['signal']))?.command).toBe('signal')
  expect(bindingOf(KEYS, 'K', ['processes', 'global'], new Set())).toBeUndefined()
})

test('a panel goes before what is global', () => {
  expect(bindingOf(KEYS, 'Enter', ['filter', 'global'], new Set())?.command).toBe('filter.keep')
})
