import { describe, expect, test } from 'vitest'
import { pressure } from '../../../src/ui/panels/pressure.ts'
import { frameOf, viewOf } from '../../fixtures/frame.ts'
import { heading, shareLimit } from '../../fixtures/limits.ts'
import { OPEN_LOOK, panelText, UNICODE_LOOK } from '../lists.ts'
import { battery, coloursOf, fullRows, RICH } from './machines.ts'

const plain = (text: string) => text.replace(/[▁-█]+/g, '▅').replace(/ [━╸─]{4,} /g, ' ━ ')
const home = (values: Readonly<Record<string, number | undefined>>, rows = 7) =>
  panelText(pressure, frameOf({ values }), [56, rows], UNICODE_LOOK)
const labels = (text: string) => [...text.matchAll(/^\|│ ([a-z].*?)(?: {2,}| ━|│)/gm)].map(([, label]) => label)

describe('at home', () => {
  test('what waits, and the heat of processor and board', () => {
    expect(home({})).toMatchInlineSnapshot(`
      "|╭ 9 Waiting, heat ──────────────────────── last 10 min ╮|
      |│ cpu stalled   ▃▄▄▄▄▄▄▄▄▃▃▄▄▄▅▄▄▄▄▃▄▄▃▄▄▄▄▄     4.1 % │|
      |│ mem stalled   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.0 % │|
      |│ io stalled    ▆▇█▇██▇▆▇▆▆▇▇▇██▇▇▆▅▆▇▆██▇██    12.4 % │|
      |│ cpu heat      ▄▅▆▅▆▆▅▅▅▄▄▅▅▅▆▆▅▆▅▄▅▅▅▆▆▅▆▆     58 °C │|
      |│ board heat    ▃▄▄▄▄▄▄▄▄▃▃▄▄▄▅▄▄▄▄▃▄▄▃▄▄▄▄▄     41 °C │|
      |╰──────────────────────────────────────────────────────╯|"
    `)
  })
  test('what is wrong comes before heat', () => {
    const values = { clock_synchronised: 0, conntrack_entries: 200, conntrack_limit: 262 }
    expect(labels(home(values))).toEqual(['cpu stalled', 'mem stalled', 'io stalled', 'clock', 'connections'])
    expect(coloursOf(pressure, frameOf({ values }), [56, 7], UNICODE_LOOK, 'not synchronised')).toEqual(['warn'])
  })
  test('a limit below a half is left to the full view', () => {
    expect(labels(home({ files_open: 400, files_limit: 1000 }))).not.toContain('open files')
    expect(labels(home({ files_open: 600, files_limit: 1000 }))).toContain('open files')
  })
  test('a limit has the colour of its alert', () => {
    const values = { files_open: 900, files_limit: 1000 }
    const alert = { name: 'files', severity: 'critical', state: 'firing', series: 'files_used_ratio' } as never
    const colours = (alerts: never[]) => coloursOf(pressure, frameOf({ values, alerts }), [56, 7], UNICODE_LOOK, '90 %')
    expect([colours([]), colours([alert])]).toEqual([['text'], ['crit']])
  })
  test('a limit says when it will be reached; what will be so within a day has a row however small it is', () => {
    const values = { files_open: 300, files_limit: 1000 }
    const text = (minutes: number, columns = 56) => {
      const forecasts = [shareLimit('files', { time: heading(minutes), severity: 'warning' })]
      return panelText(pressure, frameOf({ values, forecasts }), [columns, 7], UNICODE_LOOK)
    }
    expect(text(600)).toContain('│ open files    ━━━━━╸╍╍╍╍╍╍╍╍╍╍╍╍─ 95 % in 10 h  30 % │')
    expect(labels(text(1439))).toContain('open files')
    expect(labels(text(1500))).not.toContain('open files')
    // Where the time leaves no gauge the gauge stays.
    expect(text(600, 36)).toMatch(/│ open files {4}━━╸╍╍╍╍─ {6}30 % │/)
    const forecasts = [shareLimit('files', { time: heading(600), severity: 'warning' })]
    const colours = (shown: string) => coloursOf(pressure, frameOf({ values, forecasts }), [56, 7], UNICODE_LOOK, shown)
    expect([colours('10 h'), colours('30 %')]).toEqual([['warn'], ['warn']])
  })
  test('a battery that is used comes before other heat, a full one after it', () => {
    expect(labels(home(battery(0.62, 7800)))).toEqual([
      'cpu stalled',
      'mem stalled',
      'io stalled',
      'cpu heat',
      'battery 62 %',
    ])
    expect(home(battery(0.62, 7800))).toContain('2 h 10 m │')
    expect(labels(home(battery(1), 9)).slice(-2)).toEqual(['board heat', 'battery 100 %'])
  })
  test('where nothing is known nothing is there', () => {
    const frame = frameOf({ metrics: viewOf({}) })
    expect(panelText(pressure, frame, [56, 4], UNICODE_LOOK)).toBe(`\
|╭ 9 Waiting, heat ──────────────────────── last 10 min ╮|
|│                                                      │|
|│                                                      │|
|╰──────────────────────────────────────────────────────╯|`)
  })
})

describe('in full', () => {
  test('limits say when they will be reached, with as much as there is room for', () => {
    const forecasts = [shareLimit('conntrack', { time: heading(600) })]
    const limits = (columns: number) =>
      fullRows(pressure, frameOf({ forecasts, values: RICH }), [columns, 36], UNICODE_LOOK)
        .find((line) => line.includes('connections'))
        ?.split('││')[1]
    expect(limits(200)).toContain('  60 %  158 k of 262 k  95 % in 10 h (8 h 24 m – 12 h 54 m) ')
    expect(limits(120)).toBe(' connections   ━━━━━━━╍╍╍╍─  60 %  95 % in 10 h           │')
  })
  test('everything, at 120x40', () => {
    const rows = fullRows(pressure, frameOf({ values: RICH }), [120, 36], UNICODE_LOOK)
    expect(rows.slice(0, 24).map(plain)).toMatchInlineSnapshot(`
      [
        "╭ 9 Waiting ━ last 10 min ╮╭ Limits ──────────────────────────────────────────────────╮",
        "│ cpu stalled   ▅           4.1 % ││ open files    ━   1 %  12.0 k of 1.0 M        │",
        "│ mem stalled   ▅           0.0 % ││ tasks         ━   1 %  412 of 32.8 k          │",
        "│ io stalled    ▅          12.4 % ││ connections   ━  60 %  158 k of 262 k         │",
        "│ mem, all      ▅           0.0 % │╰──────────────────────────────────────────────────────────╯",
        "│ io, all       ▅           4.0 % │╭ Clock, users ────────────────────────────────────────────╮",
        "╰──────────────────────────────────────────────────────────╯│ clock                                       synchronised │",
        "╭ Heat ────────────────────────────────────────────────────╮│ it is                                        120 µs fast │",
        "│ coretemp Package id 0 ▅    58 of 100 °C ││ logged in                                              2 │",
        "│ acpitz                ▅           41 °C │╰──────────────────────────────────────────────────────────╯",
        "│ nvme Composite        ▅     44 of 84 °C │╭ Graphics ────────────────────────────────────────────────╮",
        "│                                                          ││ NVIDIA A2                                                │",
        "│                                                          ││ gpu           ▅            34 % │",
        "│                                                          ││ gpu memory    ━  4.1 of 16.0 GiB │",
        "│                                                          ││ gpu heat      ▅           64 °C │",
        "│                                                          ││ gpu power     ▅            38 W │",
        "│                                                          │╰──────────────────────────────────────────────────────────╯",
        "│                                                          │╭ Power ───────────────────────────────────────────────────╮",
        "│                                                          ││ battery 62 %  ━        2 h 10 m │",
        "│                                                          ││ mains                                                off │",
        "│                                                          ││ thinkpad fan1 ▅       2 140 rpm │",
        "│                                                          ││ package-0     ▅            24 W │",
        "│                                                          ││                                                          │",
        "│                                                          ││                                                          │",
      ]
    `)
  })
  test('the reason for what is not known, as one sentence', () => {
    const text = fullRows(pressure, frameOf({ metrics: viewOf({}) }), [80, 20], OPEN_LOOK).join('\n')
    for (const sentence of ['no thermal sensors here', 'no battery, fan or power meter', 'no limits are told here'])
      expect(text).toContain(sentence)
  })
  test('more sensors than rows go on beside, and the rest is counted', () => {
    const values = Object.fromEntries(
      Array.from({ length: 90 }, (_, core) => [`temperature_celsius{sensor="core ${core}"}`, 40 + (core % 9)]),
    )
    const rows = fullRows(pressure, frameOf({ values }), [120, 36], UNICODE_LOOK)
    expect(rows.some((row) => /│ core 0 .*41 °C .*core 2\d/.test(row) || /core 0 .*core/.test(row))).toBe(true)
    expect(rows.join('\n')).toMatch(/and \d+ more/)
  })
})
