import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { bundle } from '../../sources/live/bundle.ts'

test('a bug ends it with the code of one, and is said where no machine reads', async () => {
  using program = await bundle('test/commands/run/ending-child.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program.path], { encoding: 'utf8', timeout: 30_000 })
  expect([status, stdout]).toEqual([70, ''])
  expect(stderr).toMatch(/^healthtop: this is a bug, please report it: Error: nobody +\[2J caught this\n/)
})
