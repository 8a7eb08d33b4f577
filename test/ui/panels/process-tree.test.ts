import { expect, test } from 'vitest'
import type { TreePlace } from '../../../src/model/processes.ts'
import { treeSegments } from '../../../src/ui/panels/process-tree.ts'
import { ASCII_LOOK, processRow, UNICODE_LOOK } from '../lists.ts'

const place = (parts: Partial<TreePlace>): TreePlace => ({
  depth: 0,
  lines: [],
  last: true,
  below: 0,
  folded: false,
  ...parts,
})
const drawn = (parts: Partial<TreePlace>, look = UNICODE_LOOK, kind: 'process' | 'group' = 'process') =>
  treeSegments(processRow({ kind, place: place(parts) }), look)
    .map(({ text }) => text)
    .join('')

test('a list has no branches, roots have none either', () => {
  expect(treeSegments(processRow({}), UNICODE_LOOK)).toEqual([])
  expect(drawn({})).toBe('')
})

test('branches go on where there are more siblings', () => {
  expect(drawn({ depth: 1, last: false })).toBe('├ ')
  expect(drawn({ depth: 1 })).toBe('└ ')
  expect(drawn({ depth: 2, lines: [true] })).toBe('│ └ ')
  expect(drawn({ depth: 3, lines: [false, true], last: false })).toBe('  │ ├ ')
  expect(drawn({ depth: 3, lines: [false, true], last: false }, ASCII_LOOK)).toBe('  | | ')
})

test('what is folded away is counted', () => {
  expect(drawn({ depth: 1, below: 12, folded: true })).toBe('└ +12 ')
  expect(drawn({ below: 3, folded: true })).toBe('+3 ')
})

test('a group says whether it is open', () => {
  expect(drawn({ below: 3, folded: true }, UNICODE_LOOK, 'group')).toBe('+ ')
  expect(drawn({ below: 3 }, UNICODE_LOOK, 'group')).toBe('− ')
})

test('a branch of any depth leaves room for its command', () => {
  expect(drawn({ depth: 200, lines: new Array(199).fill(true) }).length).toBeLessThan(40)
})
