import { describe, expect, test } from 'vitest'
import { host } from '../../../src/ui/panels/host.ts'
import { frameOf, mountOf, NOW } from '../../fixtures/frame.ts'
import { FILLING, heading, shareLimit } from '../../fixtures/limits.ts'
import { ASCII_LOOK, OPEN_LOOK, panelText, trouble } from '../lists.ts'
import { battery, coloursOf } from './machines.ts'

test('heat and battery are said only when they matter', () => {
  const heading = (values: Readonly<Record<string, number>>) =>
    panelText(host, frameOf({ values }), [60, 6], OPEN_LOOK).split('\n')[0]
  expect(heading(battery(0.62, 7800))).toBe('| 1 Host ─────────────────────────────── load 3.21 2.84 2.12 |')
  const trouble = { cpu_temperature_celsius: 97, ...battery(0.12, 900) }
  expect(heading(trouble)).toBe('| 1 Host ───────── battery 12 %  97 °C   load 3.21 2.84 2.12 |')
  expect(coloursOf(host, frameOf({ values: trouble }), [60, 6], OPEN_LOOK, '97 °C')).toEqual(['warn'])
})

test('a battery that is not used is no trouble, however empty', () => {
  expect(panelText(host, frameOf({ values: battery(0.04) }), [60, 6], OPEN_LOOK)).not.toContain('battery')
})

test('in full its rows stay together', () => {
  const rows = (full: boolean) => panelText(host, trouble(), [60, 16], OPEN_LOOK, { full }).split('\n')
  const at = (lines: string[]) => lines.findIndex((line) => line.includes('network'))
  expect(at(rows(true))).toBe(rows(true).findLastIndex((line) => line.includes(' % ')) + 1)
  expect(at(rows(false))).toBe(15)
})

describe('what heads for its limit', () => {
  const forecasts = [...FILLING, shareLimit('memory', { time: heading(2880) })]
  const mounts = ['/', '/var', '/boot'].map((mount) => mountOf(mount))
  test.each([OPEN_LOOK, ASCII_LOOK])('says when in place of how much', (look) => {
    expect(panelText(host, frameOf({ forecasts, mounts }), [60, 6], look)).toMatchSnapshot()
  })
  test('what is far is said, what is steady is not', () => {
    const home = frameOf({ forecasts, mounts: [mountOf('/home'), mountOf('/boot')] })
    const [, , , first, second] = panelText(host, home, [60, 6], OPEN_LOOK).split('\n')
    expect(first).toBe('| /home   ━━━━━━━━━━━━───────┊  61 %       95 % full in 21 d |')
    expect(second).toBe('| /boot   ━━━━╸──────────────┊  23 %          0.2 of 1.0 GiB |')
  })
  test('a mount that does not answer says so', () => {
    const silent = frameOf({ mounts: [mountOf('/var', { answering: false, answeredMs: NOW - 41_000 })] })
    expect(panelText(host, silent, [60, 6], OPEN_LOOK)).toContain(' 83 %        ◌ no answer 41 s |')
    expect(coloursOf(host, silent, [60, 6], OPEN_LOOK, '83 %')).toEqual(['unknown'])
  })
})
