import { expect, test } from 'vitest'
import { host } from '../../../src/ui/panels/host.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { OPEN_LOOK, panelText, trouble } from '../lists.ts'
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
