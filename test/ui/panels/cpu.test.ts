import { describe, expect, test } from 'vitest'
import { cpu } from '../../../src/ui/panels/cpu.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { ASCII_LOOK, OPEN_LOOK, panelText, UNICODE_LOOK } from '../lists.ts'
import { battery, coloursOf, fullRows, manyCores, RICH } from './machines.ts'

const lastRow = (text: string) => text.split('\n').at(-2) ?? ''
const heading = (text: string) => text.split('\n')[0] ?? ''

describe('heat and frequency in the row of figures', () => {
  test.each([
    [84, 'stalled 4.1 %   3.4 of 4.2 GHz  58 °C │|'],
    [72, 'stalled 4.1 %       58 °C │|'],
    [53, 'stalled 4.1 %       │|'],
  ])('at %i columns', (columns, expected) => {
    expect(lastRow(panelText(cpu, frameOf(), [columns, 9], UNICODE_LOOK))).toContain(expected)
  })
  test('nothing stands there where nothing measures them', () => {
    const values = { cpu_temperature_celsius: undefined, cpu_frequency_hertz: undefined }
    expect(lastRow(panelText(cpu, frameOf({ values }), [84, 9], UNICODE_LOOK))).toMatch(/stalled 4.1 % {25,}│/)
  })
  test('held back by heat: said before everything else there, as a warning', () => {
    const frame = frameOf({ values: { cpu_throttled_per_second: 2 } })
    expect(lastRow(panelText(cpu, frame, [72, 9], UNICODE_LOOK))).toContain('stalled 4.1 %   throttled │')
    expect(coloursOf(cpu, frame, [72, 9], UNICODE_LOOK, 'throttled')).toEqual(['warn'])
  })
  test('near its limit heat takes the room of others, and is a warning', () => {
    const frame = frameOf({ values: { cpu_temperature_celsius: 97 } })
    expect(lastRow(panelText(cpu, frame, [58, 9], UNICODE_LOOK))).toContain('97 °C │')
    expect(coloursOf(cpu, frame, [58, 9], UNICODE_LOOK, '97 °C')).toEqual(['warn'])
    expect(coloursOf(cpu, frameOf(), [84, 9], UNICODE_LOOK, '58 °C')).toEqual(['text'])
  })
})

describe('on a small screen', () => {
  const trouble = frameOf({ values: { cpu_temperature_celsius: 97, ...battery(0.12, 900) } })
  test('heat and battery are said only when they matter', () => {
    expect(heading(panelText(cpu, frameOf({ values: battery(0.62, 7800) }), [39, 4], OPEN_LOOK))).toBe(
      '| 1 CPU ─────────────────────────  42 % |',
    )
    expect(heading(panelText(cpu, trouble, [39, 4], OPEN_LOOK))).toBe('| 1 CPU ──── battery 12 %  97 °C   42 % |')
  })
  test('in ASCII there is no degree sign', () => {
    expect(heading(panelText(cpu, trouble, [39, 4], ASCII_LOOK))).toBe('| 1 CPU ----- battery 12 %  97 C   42 % |')
  })
})

test('in a container with a quota it says of what 100 % is', () => {
  const host = { name: 'c1', container: 'docker', cores: 8, cpuLimit: 2 }
  expect(heading(panelText(cpu, frameOf({ host }), [72, 9], UNICODE_LOOK))).toContain(' 42 % of 2 cores ╮')
  expect(fullRows(cpu, frameOf({ host }), [120, 36], UNICODE_LOOK)[0]).toContain('1 CPU of 2 cores ─')
  const outside = { name: 'web-03', cores: 8, cpuLimit: 2 }
  expect(heading(panelText(cpu, frameOf({ host: outside }), [72, 9], UNICODE_LOOK))).not.toContain('of 2 cores')
})

describe('in full', () => {
  const frame = frameOf({ values: { ...RICH, ...manyCores(8) } })
  test('cores with their frequency, and what the kernel was busy with', () => {
    const rows = fullRows(cpu, frame, [120, 36], UNICODE_LOOK)
    expect(
      rows.slice(-17).map((row) => row.replace(/[▁-█]+/g, '▅').replace(/ ━.*? {2}/, ' ━ ')),
    ).toMatchInlineSnapshot(`
      [
        "╭ Cores ──────────────────────── 2.0 to 2.1 GHz   8 online ╮╭ Time ─────────────────────────────── load 3.21 2.84 2.12 ╮",
        "│ 0 ▅ ━ 93 %  2.0 GHz ││ user        ▅   33.0 %  programs      │",
        "│ 1 ▅ ━ 10 %  2.0 GHz ││ system      ▅    9.0 %                │",
        "│ 2 ▅ ━ 20 %  2.0 GHz ││ wait        ▅    6.0 %                │",
        "│ 3 ▅ ━ 30 %  2.0 GHz ││ irq         ▅    0.4 %  interrupts    │",
        "│ 4 ▅ ━ 40 %  2.0 GHz ││ steal       ▅    0.0 %                │",
        "│ 5 ▅ ────────────────────   0 %  2.0 GHz ││ stalled     ▅    4.1 %                │",
        "│ 6 ▅ ━ 10 %  2.1 GHz ││ running     ▅      3                  │",
        "│ 7 ▅ ━ 93 %  2.1 GHz ││ switches    ▅  4 120/s                │",
        "│                                                          ││ forks       ▅    3.2/s                │",
        "│                                                          ││ interrupts  ▅  2 210/s                │",
        "│                                                          ││ frequency                  3.4 of 4.2 GHz                │",
        "│                                                          ││ heat        ▅    58 °C                │",
        "│                                                          ││ blocked     ▅      1                  │",
        "│                                                          ││ tasks       ▅    412                  │",
        "│                                                          ││                                                          │",
        "╰──────────────────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────╯",
      ]
    `)
  })
  test('80x24 has the most important of it', () => {
    const rows = fullRows(cpu, frame, [80, 20], OPEN_LOOK)
    expect(rows.at(-9)).toMatch(/^ 0 .* 93 %.* user +.* 33.0 %/)
    expect(rows.some((row) => row.includes('stalled') && row.includes('4.1 %'))).toBe(true)
  })
})

describe('many cores', () => {
  test.each([
    [64, 72, 9, UNICODE_LOOK],
    [256, 72, 9, UNICODE_LOOK],
    [256, 84, 13, UNICODE_LOOK],
    [256, 39, 4, OPEN_LOOK],
  ])('%i at %ix%i: the busiest sixteen, and the range of the rest', (count, columns, rows, look) => {
    const lines = panelText(cpu, frameOf({ values: manyCores(count) }), [columns, rows], look).split('\n')
    const bar = lines.at(look.boxed ? -4 : -2) ?? ''
    expect(bar.match(/[▁-█]{16}/)).not.toBeNull()
    if (look.boxed) expect(lines.at(-3)).toMatch(count === 64 ? /rest +0-40 % │/ : /rest +0-93 % │/)
  })
  test('64 in full at 120x40 and 80x24: a bar and a figure each', () => {
    for (const [size, look] of [
      [[120, 36], UNICODE_LOOK],
      [[80, 20], OPEN_LOOK],
    ] as const) {
      const rows = fullRows(cpu, frameOf({ values: manyCores(64) }), size, look)
      expect(rows.join('\n')).toContain('64 online')
      expect(rows.join('\n').match(/█ 93/g)).toHaveLength(10)
    }
  })
  test('256 in full at 120x40: sixteen a row, all of them', () => {
    const rows = fullRows(cpu, frameOf({ values: manyCores(256) }), [120, 36], UNICODE_LOOK)
    expect(rows.join('\n').match(/█ 93/g)).toHaveLength(37)
    expect(rows.slice(-19, -16)).toMatchInlineSnapshot(`
      [
        "╭ Cores ────────────────────────────────────────────────────────────────────────────────── 2.0 to 4.5 GHz   256 online ╮",
        "│       +0    +1    +2    +3    +4    +5    +6    +7    +8    +9   +10   +11   +12   +13   +14   +15                   │",
        "│   0 █ 93  ▁ 10  ▂ 20  ▃ 30  ▄ 40  ▁  0  ▁ 10  █ 93  ▃ 30  ▄ 40  ▁  0  ▁ 10  ▂ 20  ▃ 30  █ 93  ▁  0                   │",
      ]
    `)
    expect(rows.at(-2)).toMatch(/^│ 240 /)
  })
  test('256 in full at 80x24: a column each, and the busiest by number', () => {
    const rows = fullRows(cpu, frameOf({ values: manyCores(256) }), [80, 20], OPEN_LOOK)
    expect(rows.slice(-6)).toMatchInlineSnapshot(`
      [
        " Cores ──────────────────────────────────────────── 2.0 to 4.5 GHz   256 online",
        "   0 █▁▂▃▄▁▁█▃▄▁▁▂▃█▁▁▂▃▄▁█▂▃▄▁▁▂█▄▁▁▂▃▄█▁▂▃▄▁▁█▃▄▁▁▂▃█▁▁▂▃▄▁█▂▃▄▁▁▂█",
        "  64 ▄▁▁▂▃▄█▁▂▃▄▁▁█▃▄▁▁▂▃█▁▁▂▃▄▁█▂▃▄▁▁▂█▄▁▁▂▃▄█▁▂▃▄▁▁█▃▄▁▁▂▃█▁▁▂▃▄▁█▂",
        " 128 ▃▄▁▁▂█▄▁▁▂▃▄█▁▂▃▄▁▁█▃▄▁▁▂▃█▁▁▂▃▄▁█▂▃▄▁▁▂█▄▁▁▂▃▄█▁▂▃▄▁▁█▃▄▁▁▂▃█▁▁",
        " 192 ▂▃▄▁█▂▃▄▁▁▂█▄▁▁▂▃▄█▁▂▃▄▁▁█▃▄▁▁▂▃█▁▁▂▃▄▁█▂▃▄▁▁▂█▄▁▁▂▃▄█▁▂▃▄▁▁█▃▄▁",
        " busiest  0  93 %  7  93 %  14  93 %  21  93 %  28  93 %  35  93 %  42  93 %",
      ]
    `)
  })
  test('256 in full at 200x60', () => {
    const rows = fullRows(cpu, frameOf({ values: manyCores(256) }), [200, 56], UNICODE_LOOK)
    expect(rows.join('\n').match(/█ 93/g)).toHaveLength(37)
  })
})
