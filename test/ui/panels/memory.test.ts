import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/ui/panels/memory.ts'
import { frameOf, NOW } from '../../fixtures/frame.ts'
import { heading, shareLimit } from '../../fixtures/limits.ts'
import { ASCII_LOOK, OPEN_LOOK, panelText, UNICODE_LOOK } from '../lists.ts'
import { coloursOf, fullRows, RICH } from './machines.ts'

const swapping = { swap_in_bytes_per_second: 2.1e6, swap_out_bytes_per_second: 0.4e6 }
const row = (text: string, from: number) => text.split('\n').at(from) ?? ''

describe('swap on the move', () => {
  test.each([
    [60, '20 %  in 2.1  out 0.4 MB/s  0.4 of 2.0 GiB │|'],
    [48, '20 %  in 2.1  out 0.4 MB/s │|'],
    [36, '20 %  in 2.1 MB/s │|'],
  ])('at %i columns', (columns, expected) => {
    expect(row(panelText(memory, frameOf({ values: swapping }), [columns, 9], UNICODE_LOOK), -2)).toContain(expected)
  })
  test('takes the place of what is cached where there is one row', () => {
    const text = panelText(memory, frameOf({ values: swapping }), [39, 4], OPEN_LOOK)
    expect(row(text, -1)).toBe('| free  2.3 GiB        swap in 2.1 MB/s |')
  })
  test('is not said while next to nothing moves', () => {
    const values = { swap_in_bytes_per_second: 4096, swap_out_bytes_per_second: 0 }
    expect(row(panelText(memory, frameOf({ values }), [60, 9], UNICODE_LOOK), -2)).toContain(
      '─  20 %  0.4 of 2.0 GiB │',
    )
  })
  test('is a warning only when tasks wait for memory', () => {
    const colour = (stalled: number) =>
      coloursOf(
        memory,
        frameOf({ values: { ...swapping, pressure_memory_some_ratio: stalled } }),
        [60, 9],
        UNICODE_LOOK,
        '2.1  out',
      )
    expect([colour(0), colour(0.3)]).toEqual([['text'], ['warn']])
  })
})

test('in a container it says of what limit', () => {
  const host = { name: 'c1', container: 'docker', memoryLimitBytes: 31.2 * 1024 ** 3 }
  expect(row(panelText(memory, frameOf({ host }), [48, 9], UNICODE_LOOK), 0)).toContain('22.1 of 31.2 GiB limit ╮')
})

describe('when it will be full', () => {
  const forecasts = [
    shareLimit('memory', { time: heading(190, 160, 240), severity: 'warning' }),
    shareLimit('swap', { time: heading(90, 60, 150) }),
  ]
  const frame = frameOf({ forecasts })
  test.each([
    [84, '90 % in 3 h 10 m (2 h 40 m – 4 h)   71 %   22.1 of 31.2 GiB ╮|'],
    [60, '90 % in 3 h 10 m   71 %   22.1 of 31.2 GiB ╮|'],
    [48, '── 90 % in 3 h 10 m   71 % ╮|'],
  ])('the heading at %i columns', (columns, expected) => {
    expect(row(panelText(memory, frame, [columns, 9], UNICODE_LOOK), 0)).toContain(expected)
  })
  test.each([
    [84, '│ swap ━━━╸╍╍╍╍╍╍╍╍╍╍────  20 %  0.4 of 2.0 GiB  80 % in 1 h 30 m (1 h – 2 h 30 m) │'],
    [60, '│ swap ━━╍╍╍╍╍╍───  20 %  0.4 of 2.0 GiB  80 % in 1 h 30 m │'],
    [48, '│ swap ━━━╍╍╍╍╍╍╍╍╍───  20 %  80 % in 1 h 30 m │'],
  ])('swap at %i columns', (columns, expected) => {
    expect(row(panelText(memory, frame, [columns, 9], UNICODE_LOOK), -2)).toBe(`|${expected}|`)
  })
  test('on a small screen both, and what is free', () => {
    const text = panelText(memory, frame, [39, 4], OPEN_LOOK)
    expect(row(text, 0)).toBe('| 2 Memory ──── 90 % in 3 h 10 m   71 % |')
    expect(row(text, -1)).toBe('| free  2.3 GiB   swap 80 % in 1 h 30 m |')
    expect(row(panelText(memory, frame, [39, 4], ASCII_LOOK), 0)).toBe('| 2 Memory ---- 90 % in 3 h 10 m   71 % |')
  })
  test('the share has the colour of what is ahead', () => {
    const colours = (text: string) => coloursOf(memory, frame, [60, 9], UNICODE_LOOK, text)
    expect([colours('3 h 10 m'), colours('71 %'), colours('1 h 30 m')]).toEqual([['warn'], ['warn'], ['bright']])
  })
  test('in full the heading says both ends, the gauges where they will be in a day', () => {
    const rows = fullRows(memory, frameOf({ forecasts, values: RICH }), [120, 36], UNICODE_LOOK)
    expect(rows[0]).toContain('── 90 % in 3 h 10 m (2 h 40 m – 4 h)   22.1 of 31.2 GiB    71 % ╮')
    const used = rows.find((line) => line.startsWith('│ used'))
    expect(used).toContain('│ used        ━━━━━━━━━━━━━━━━━╍╍╍╍─── 71 %    22 GiB      │')
    expect(used).toContain('│ swap        ━╍╍╍── 80 % in 1 h 30 m  20 %   410 MiB      │')
  })
  test('in full on a wide screen it stands right of the figures', () => {
    const rows = fullRows(memory, frameOf({ forecasts, values: RICH }), [200, 56], UNICODE_LOOK)
    expect(rows.find((line) => line.startsWith('│ used'))).toContain(
      ' 20 %   410 MiB   moved to disk  80 % in 1 h 30 m ',
    )
  })
  test('nothing of it while it is steady, or the values are old', () => {
    const steady = frameOf({ forecasts: [shareLimit('memory'), shareLimit('swap')] })
    for (const quiet of [steady, frameOf({ forecasts, measuredMs: { memory: NOW - 60_000 } })])
      expect(panelText(memory, quiet, [60, 9], UNICODE_LOOK)).not.toMatch(/ % in |╍/)
  })
})

describe('in full', () => {
  const plain = (rows: readonly string[]) =>
    rows.map((line) => line.replace(/[▁-█]+/g, '▅').replace(/ [━╸─]+ /g, ' ━ '))
  test('what memory is used for, swap, what waits', () => {
    const rows = fullRows(memory, frameOf({ values: RICH }), [120, 36], UNICODE_LOOK)
    expect(plain(rows.slice(-14, -1))).toMatchInlineSnapshot(`
      [
        "│ used        ━ 71 %    22 GiB      ││ swap        ━ 20 %   410 MiB      │",
        "│ available   ━ 29 %   9.1 GiB      ││ swap in     ▅        2.1 MB/s     │",
        "│ free        ━  7 %   2.3 GiB      ││ swap out    ▅        0.4 MB/s     │",
        "│ cached      ━ 22 %   6.8 GiB      ││ read faults ▅        0.4/s        │",
        "│ anonymous   ━ 45 %    14 GiB      ││ zswap       ━ 30 %    90 MiB      │",
        "│ page cache  ━ 19 %   6.0 GiB      ││ stalled     ▅        0.0 %        │",
        "│ buffers     ━  1 %   410 MiB      ││ all stalled ▅        0.0 %        │",
        "│ shared      ━  4 %   1.2 GiB      ││                                                          │",
        "│ slab        ━  3 %   922 MiB      ││                                                          │",
        "│ page tables ━  0 %   120 MiB      ││                                                          │",
        "│ dirty       ━  0 %   4.0 MiB      ││                                                          │",
        "│ writeback   ━  0 %   0.0 MiB      ││                                                          │",
        "│ committed   ━ 159 %    28 GiB      ││                                                          │",
      ]
    `)
  })
  test('80x24 keeps both lists side by side', () => {
    const rows = fullRows(memory, frameOf({ values: RICH }), [80, 20], OPEN_LOOK)
    expect(rows.some((line) => /^ used .* 22 GiB +swap .* 410 MiB/.test(line))).toBe(true)
  })
  test('what the kernel does not tell has no row; no swap is said', () => {
    const values = { swap_total_bytes: 0, pressure_memory_some_ratio: undefined, pressure_memory_full_ratio: undefined }
    const text = fullRows(memory, frameOf({ values }), [120, 36], UNICODE_LOOK).join('\n')
    expect(text).toContain('this machine has no swap')
    expect(text).toContain('this kernel does not tell')
    expect(text).not.toContain('zswap')
    expect(text).not.toContain('page tables')
  })
})
