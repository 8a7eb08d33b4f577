import { afterEach, expect, test } from 'vitest'
import { battery } from '../../../src/probes/linux/battery.ts'
import { recorded } from './recorder.ts'
import { SysfsTrees } from './sysfs-tree.ts'

const trees = new SysfsTrees()
afterEach(() => trees.remove())

/** Supplies by name → what the probe says of them. */
function gaugesOf(supplies: Readonly<Record<string, Readonly<Record<string, string>>>>): Record<string, number> {
  const content: Record<string, string> = {}
  for (const [name, attributes] of Object.entries(supplies)) {
    for (const [file, text] of Object.entries(attributes)) content[`sys/class/power_supply/${name}/${file}`] = text
  }
  return recorded((out) => battery.read(trees.files(content), out)).gauges
}

const ENERGY = {
  type: 'Battery',
  present: '1',
  status: 'Discharging',
  capacity: '41',
  energy_full_design: '57000000',
  energy_full: '50000000',
  energy_now: '20500000',
  power_now: '8200000',
  voltage_now: '11850000',
}
const CHARGE = {
  type: 'Battery',
  present: '1',
  status: 'Charging',
  capacity: '80',
  charge_full: '4000000',
  charge_now: '3220000',
  current_now: '1500000',
  voltage_now: '12000000',
}

test('a laptop on its battery: 20.5 of 50 Wh at 8.2 W last two and a half hours', () => {
  const gauges = gaugesOf({ BAT0: ENERGY, AC: { type: 'Mains', online: '0' } })
  expect(gauges).toEqual({
    'battery_charge_ratio{battery="BAT0"}': 0.41,
    'battery_reserve_ratio{battery="BAT0"}': 0.41,
    'battery_power_watts{battery="BAT0"}': 8.2,
    'battery_charging{battery="BAT0"}': 0,
    'battery_left_seconds{battery="BAT0"}': 9000,
    mains_online: 0,
  })
})

test('one that counts charge, being charged: power is current times voltage, and there is no time left to tell', () => {
  const gauges = gaugesOf({ BAT1: CHARGE, AC: { type: 'Mains', online: '1' } })
  expect(gauges).toEqual({
    'battery_charge_ratio{battery="BAT1"}': 0.805,
    'battery_reserve_ratio{battery="BAT1"}': 1,
    'battery_power_watts{battery="BAT1"}': 18,
    'battery_charging{battery="BAT1"}': 1,
    mains_online: 1,
  })
})

test('charge that flows out, told as negative', () => {
  const gauges = gaugesOf({ BAT1: { ...CHARGE, status: 'Discharging', current_now: '-1610000' } })
  expect(gauges['battery_left_seconds{battery="BAT1"}']).toBe(7200)
  expect(gauges['battery_power_watts{battery="BAT1"}']).toBeCloseTo(19.32)
})

test('one that says a percentage and nothing else', () => {
  const gauges = gaugesOf({ 'axp20x-battery': { type: 'Battery', status: 'Unknown', capacity: '73' } })
  expect(gauges).toEqual({ 'battery_charge_ratio{battery="axp20x-battery"}': 0.73 })
})

test('no power flows: no time left', () => {
  const gauges = gaugesOf({ BAT0: { ...ENERGY, power_now: '0' } })
  expect(gauges).not.toHaveProperty('battery_left_seconds{battery="BAT0"}')
  expect(gauges['battery_power_watts{battery="BAT0"}']).toBe(0)
})

test('an empty bay and the batteries of mice are left out; a full one is not charged', () => {
  const gauges = gaugesOf({
    BAT0: { ...ENERGY, status: 'Full', energy_now: '50000000' },
    BAT1: { type: 'Battery', present: '0', status: 'Unknown' },
    hidpp_battery_0: { type: 'Battery', scope: 'Device', status: 'Discharging', capacity: '5' },
  })
  expect(Object.keys(gauges).filter((key) => !key.includes('BAT0'))).toEqual([])
  expect(gauges['battery_charging{battery="BAT0"}']).toBe(0)
  expect(gauges['battery_reserve_ratio{battery="BAT0"}']).toBe(1)
})

test.each([
  [{ AC: ['Mains', '0'], AC2: ['Mains', '1'] }, 1],
  [{ ADP1: ['Mains', '0'], ucsi: ['USB', '1'] }, 0],
  [{ 'axp20x-usb': ['USB', '1'], other: ['USB', '0'] }, 1],
  [{ wireless: ['Wireless', '1'] }, undefined],
  [{}, undefined],
])('supplies %j: mains %s', (supplies, expected) => {
  const entries = Object.entries(supplies).map(([name, [type = '', online = '']]) => [name, { type, online }])
  expect(gaugesOf(Object.fromEntries(entries) as Record<string, Record<string, string>>).mains_online).toBe(expected)
})

test('a machine without supplies has nothing to say', () => {
  expect(gaugesOf({})).toEqual({})
})
