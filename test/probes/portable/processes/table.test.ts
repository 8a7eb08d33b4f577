import { expect, test } from 'vitest'
import type { Listing } from '../../../../src/probes/portable/processes/listing.ts'
import { PortableTable } from '../../../../src/probes/portable/processes/table.ts'

const row = (pid: number, more: Partial<Listing> = {}): Listing => ({
  pid,
  ppid: 1,
  name: `p${pid}`,
  command: `p${pid}`,
  kernel: false,
  startedMs: 1_000_000,
  ...more,
})

/** Takes lists at seconds of the monotonic clock, and gives what `look` sees after each. */
function taking<T>(
  coarse: boolean,
  lists: readonly (readonly [number, readonly Listing[]])[],
  look: (table: PortableTable) => T,
) {
  const table = new PortableTable(coarse)
  return lists.map(([seconds, list]) => {
    table.take(list, seconds * 1000, 5_000_000 + seconds * 1000)
    return look(table)
  })
}

const ratio = (table: PortableTable) => table.entries[0]?.cpuRatio

test('CPU is what was used since the last scan, never an average over the life', () => {
  const used = (seconds: number) => [row(1, { cpuSeconds: seconds })]
  expect(
    taking(
      false,
      [
        [0, used(1000)],
        [1, used(1000.5)],
        [3, used(1000.5)],
        [5, used(1004.5)],
      ],
      ratio,
    ),
  ).toEqual([undefined, 0.5, 0, 2])
})

test('whole seconds say nothing of less than three, and are taken over ten', () => {
  const used = (seconds: number) => [row(1, { cpuSeconds: seconds })]
  const steps = [
    [0, used(50)],
    [1, used(51)],
    [3, used(53)],
    [5, used(55)],
    [11, used(55)],
    [13, used(55)],
    [17, used(55)],
  ] as const
  expect(taking(true, steps, ratio)).toEqual([undefined, undefined, 1, 1, 4 / 10, 2 / 10, 0])
})

test('a ratio the platform tells is taken as it is', () => {
  expect(taking(true, [[0, [row(1, { cpuRatio: 0.25 })]]], ratio)).toEqual([0.25])
})

test('who came is new for five seconds, who went stays for five', () => {
  const marks = (table: PortableTable) => Object.fromEntries(table.entries.map(({ pid, mark }) => [pid, mark]))
  const lists = [
    [0, [row(1), row(2)]],
    [2, [row(1), row(3)]],
    [4, [row(1), row(3)]],
    [8, [row(1), row(3)]],
  ] as const
  expect(taking(false, lists, marks)).toEqual([
    { 1: undefined, 2: undefined },
    { 1: undefined, 2: 'ended', 3: 'new' },
    { 1: undefined, 2: 'ended', 3: 'new' },
    { 1: undefined, 3: undefined },
  ])
})

test('a pid that is used again is another process, a clock that is set makes none', () => {
  const started = (table: PortableTable) => table.entries.map(({ startTicks, mark }) => [startTicks, mark])
  const at = (startedMs: number) => [row(1, { startedMs })]
  expect(
    taking(
      false,
      [
        [0, at(1_000_000)],
        [1, at(1_001_000)],
        [2, at(1_900_000)],
      ],
      started,
    ),
  ).toEqual([
    [[100_000, undefined]],
    [[100_000, undefined]],
    [
      [190_000, 'new'],
      [100_000, 'ended'],
    ],
  ])
})

test('the list is the same object while nobody comes or goes', () => {
  const [first, second, third] = taking(
    false,
    [
      [0, [row(1)]],
      [1, [row(1, { cpuSeconds: 3 })]],
      [2, [row(1), row(2)]],
    ],
    ({ entries }) => entries,
  )
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})

test('what is not told is unknown, and no number in a row', () => {
  const table = new PortableTable(false)
  table.take([row(1)], 0, 0)
  const [entry] = table.entries
  expect(entry?.known('memory')).toBeUndefined()
  expect(entry?.known('started')).toBe(1_000_000)
  const made = entry && table.row(entry)
  expect(made).toMatchObject({ kind: 'process', pid: 1, memoryBytes: Number.NaN, threads: Number.NaN, state: '' })
  expect(made).not.toHaveProperty('user')
})
