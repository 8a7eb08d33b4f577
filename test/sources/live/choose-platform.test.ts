import { expect, test } from 'vitest'
import { choosePlatform } from '../../../src/sources/live/choose-platform.ts'
import { makeTree } from './tree.ts'

test('procfs where there is one to read, and the portable probes elsewhere', () => {
  using tree = makeTree()
  expect(choosePlatform('/')).toBe('procfs')
  expect(choosePlatform(tree.root)).toBe('procfs')
  expect(choosePlatform('/nowhere')).toBe('portable')
})
