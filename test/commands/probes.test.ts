import { expect, test } from 'vitest'
import { checkOptions } from '../../src/commands/options.ts'
import { makeTree } from '../sources/live/tree.ts'

test('a Linux is read from its files unless others are asked for, a recorded tree always', () => {
  using tree = makeTree()
  expect(checkOptions({}).platform).toBe('procfs')
  expect(checkOptions({ probes: 'auto' }).platform).toBe('procfs')
  expect(checkOptions({ probes: 'portable' }).platform).toBe('portable')
  expect(checkOptions({ root: tree.root }).platform).toBe('procfs')
})

test('what cannot be is told with what to do instead', () => {
  using tree = makeTree()
  expect(() => checkOptions({ probes: 'all' })).toThrow('--probes: expected one of auto, procfs, portable, got "all"')
  expect(() => checkOptions({ probes: 'portable', root: tree.root })).toThrow('leave out --root')
  expect(() => checkOptions({ root: '/nowhere' })).toThrow('there is no proc/stat below /nowhere')
})
