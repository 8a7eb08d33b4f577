import { expect, test } from 'vitest'
import { Sgr } from '../../../src/ui/screen/sgr.ts'
import { PLAIN, style } from '../../../src/ui/screen/style.ts'
import { PALETTES } from '../../../src/ui/theme/palette.ts'

const show = (text: string) => text.replaceAll('\x1b', 'ESC')
const of = (sgr: Sgr, ...look: Parameters<typeof style>) => show(sgr.of(style(...look)))

test('a style becomes the colours of its theme and depth', () => {
  expect(of(new Sgr(PALETTES.dark, 'truecolor'), 'cpu', { bg: 'cpu3' })).toBe('ESC[0;38;2;94;169;245;48;2;35;72;110m')
  expect(of(new Sgr(PALETTES.light, '256'), 'cpu', { bold: true })).toBe('ESC[0;1;38;5;26m')
  expect(of(new Sgr(PALETTES.dark, '16'), 'cpu')).toBe('ESC[0;94m')
  expect(of(new Sgr(PALETTES.dark, '16'), 'onBadge', { bg: 'warn' })).toBe('ESC[0;30;103m')
  expect(of(new Sgr(PALETTES.light, '16'), 'bright')).toBe('ESC[0;1m')
  expect(show(new Sgr(PALETTES.dark, 'truecolor').of(PLAIN))).toBe('ESC[m')
})

test('at 16 colours a selected row is reversed, an overlay has no ground, a band no tint', () => {
  const sgr = new Sgr(PALETTES.dark, '16')
  expect(of(sgr, 'cpu', { bg: 'selected', bold: true })).toBe('ESC[0;1;7m')
  expect(of(sgr, 'text', { bg: 'selected', reverse: true })).toBe('ESC[m')
  expect(of(sgr, 'crit', { bg: 'overlay' })).toBe('ESC[0;91m')
  expect(of(sgr, 'cpuF', { bg: 'cpu3' })).toBe('ESC[0;96m')
  expect(of(sgr, 'cpu3')).toBe(of(sgr, 'cpu2'))
})

test.each([new Sgr(PALETTES.mono, 'truecolor'), new Sgr(PALETTES.dark, 'mono')])(
  'without colour weight and reversal remain',
  (sgr) => {
    expect(of(sgr, 'crit')).toBe('ESC[m')
    expect(of(sgr, 'bright')).toBe('ESC[0;1m')
    expect(of(sgr, 'dim')).toBe('ESC[0;2m')
    expect(of(sgr, 'dim', { bold: true })).toBe('ESC[0;1m')
    expect(of(sgr, 'onBadge', { bg: 'crit' })).toBe('ESC[0;7m')
    expect(of(sgr, 'dim', { bg: 'selected' })).toBe('ESC[0;7m')
    expect(of(sgr, 'text', { bg: 'overlay' })).toBe('ESC[m')
  },
)

test('a change says only what differs, or everything where that is shorter', () => {
  const sgr = new Sgr(PALETTES.dark, '256')
  const change = (from: number, to: number) => show(sgr.change(from, to))
  expect(change(style('cpu', { bg: 'cpu3' }), style('text', { bg: 'cpu3' }))).toBe('ESC[38;5;252m')
  expect(change(style('cpu', { bold: true }), style('cpu'))).toBe('ESC[22m')
  expect(change(style('cpu', { bold: true, bg: 'cpu3' }), PLAIN)).toBe('ESC[m')
  expect(change(style('cpu'), style('cpu'))).toBe('')
  expect(change(PLAIN, style('cpu'))).toBe('ESC[38;5;75m')
  const mono = new Sgr(PALETTES.mono, 'mono')
  expect(mono.change(style('cpu'), style('crit'))).toBe('')
  expect(show(mono.change(style('dim', { underline: true }), style('bright', { underline: true })))).toBe('ESC[22;1m')
})

test('only what shows on a space tells blanks apart', () => {
  const sgr = new Sgr(PALETTES.dark, 'truecolor')
  expect(sgr.blank(style('cpu', { bold: true }))).toBe(0)
  expect(sgr.blank(style('cpu', { bg: 'selected' }))).toBe(sgr.blank(style('text', { bg: 'selected' })))
  expect(sgr.blank(style('cpu', { bg: 'selected' }))).not.toBe(sgr.blank(style('cpu', { bg: 'overlay' })))
  expect(sgr.blank(style('cpu', { reverse: true }))).not.toBe(sgr.blank(style('mem', { reverse: true })))
  expect(sgr.blank(style('cpu', { underline: true }))).not.toBe(0)
})
