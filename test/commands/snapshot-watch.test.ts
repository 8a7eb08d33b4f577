import { expect, test } from 'vitest'
import { isWhole } from '../../src/commands/snapshot-watch.ts'
import { frameOf } from '../fixtures/frame.ts'

test('a frame waits for its processes, unless they cannot be listed', () => {
  const { processes: _, ...without } = frameOf()
  const processes = { id: 1, scan: 1, wallMs: 0, total: 0, running: 0, matched: 0, offset: 0, rows: [] }
  expect(isWhole({ ...without, processes })).toBe(true)
  expect(isWhole({ ...without, failures: { space: 'no answer' } })).toBe(false)
  expect(isWhole({ ...without, failures: { processes: 'there is no ps on this machine' } })).toBe(true)
})
