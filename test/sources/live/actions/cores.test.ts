import { expect, test } from 'vitest'
import { coresOf, parseCores } from '../../../../src/sources/live/actions/cores.ts'
import { makeTree } from '../tree.ts'
import { output } from './processes.ts'

test.each([
  ['0-3,6\n', [0, 1, 2, 3, 6]],
  ['5\n', [5]],
  ['0,2,4-5', [0, 2, 4, 5]],
  ['\n', []],
  ['3-\n', []],
])('the list %j', (text, cores) => {
  expect(parseCores(Buffer.from(text))).toEqual(cores)
})

test('cores of this machine are those nproc counts', () => {
  expect(coresOf('/').length).toBe(Number(output('nproc', '--all')))
})

test('cores that are switched off are left out', () => {
  using tree = makeTree({ 'sys/devices/system/cpu/online': '0,2-3\n' })
  expect(coresOf(tree.root)).toEqual([0, 2, 3])
})
