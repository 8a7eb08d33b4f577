import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { SPARING } from '../../src/lib/compiler.ts'

test('this Node knows the settings: an unknown one would be told on the screen', () => {
  const { status, stderr } = spawnSync(process.execPath, [...SPARING, '-e', '0'], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
