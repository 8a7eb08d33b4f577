import { expect, test } from 'vitest'
import { familyRows, itselfAndBelow, placed } from '../../../../src/ui/panels/watch/family-rows.ts'
import { DETAIL, rowOf, SERVER, WATCHED } from '../../../fixtures/watched.ts'

test('rows in tree order get their place by their parents', () => {
  const rows = [
    rowOf({ pid: 1, ppid: 0 }),
    rowOf({ pid: 10, ppid: 1 }),
    rowOf({ pid: 20, ppid: 10 }),
    rowOf({ pid: 21, ppid: 20 }),
    rowOf({ pid: 22, ppid: 10 }),
  ]
  expect(placed(rows).map(({ place }) => [place?.depth, place?.last])).toEqual([
    [0, true],
    [1, true],
    [2, false],
    [3, true],
    [2, true],
  ])
  // Below 20 the branch of 10 goes on: a line is drawn there.
  expect(placed(rows)[3]?.place?.lines.slice(1)).toEqual([true, false])
})

test('what counts is itself and what is below, never its ancestors', () => {
  expect(itselfAndBelow(DETAIL.family, DETAIL.id).map(({ pid }) => pid)).toEqual([4211, 4230, 4231, 4260])
})

test('of one instance its family; of several the instances to choose from come first', () => {
  expect(familyRows(WATCHED, false).map(({ kind }) => kind)).toEqual(['member', 'member', 'member', 'member', 'member'])
  const twin = rowOf({ ...SERVER, pid: 4300, startTicks: 1 })
  const rows = familyRows({ ...WATCHED, instances: [SERVER, twin] }, false)
  expect(rows.slice(0, 3)).toMatchObject([
    { kind: 'instance', shown: true },
    { kind: 'instance', shown: false },
    { kind: 'words', text: 'family of 4211' },
  ])
  expect(familyRows(undefined, true)).toEqual([])
  expect(familyRows({ ...WATCHED, state: 'gone' }, true)).toEqual([])
})

test('far ancestors are left out where there is little room', () => {
  const far = [5, 6, 7].map((pid) => rowOf({ pid, ppid: pid - 1 }))
  const family = [...far, rowOf({ ...SERVER, ppid: 7 }), ...DETAIL.family.slice(2)]
  const pids = (whole: boolean) =>
    familyRows({ ...WATCHED, detail: { ...DETAIL, family } }, whole).map((row) =>
      row.kind === 'words' ? 0 : row.row.pid,
    )
  expect(pids(false)).toEqual([6, 7, 4211, 4230, 4231, 4260])
  expect(pids(true)).toEqual([5, 6, 7, 4211, 4230, 4231, 4260])
})
