import { expect, test } from 'vitest'
import { heatLines } from '../../src/export/snapshot-heat.ts'
import { snapshotTable } from '../../src/export/snapshot-table.ts'
import { valuesOf } from '../ui/lists.ts'
import { frameOf } from './frame.ts'

test('heat, batteries, limits and the clock have a line each where there is something to say', () => {
  const frame = frameOf()
  const metrics = valuesOf({
    cpu_temperature_celsius: 58.4,
    'temperature_celsius{sensor="coretemp Package id 0"}': 58.4,
    'temperature_celsius{sensor="nvme Composite"}': 71,
    'battery_charge_ratio{battery="BAT0"}': 0.62,
    'battery_left_seconds{battery="BAT0"}': 7800,
    files_used_ratio: 0.82,
    pids_used_ratio: 0.02,
    clock_synchronised: 0,
  })
  expect(snapshotTable({ ...frame, metrics }, { columns: 100, top: 0 })).toContain(`
heat      cpu 58 °C  nvme Composite 71 °C
battery   62 %, 2 h 10 m left
limits    open files 82 %
clock     not synchronised
`)
})

test('nothing is said of what is not there, is far from its limit, or is right', () => {
  const quiet = valuesOf({ clock_synchronised: 1, files_used_ratio: 0.01 })
  expect(heatLines(quiet).flatMap(([, facts]) => facts)).toEqual([])
})

test('two batteries are told apart, and whether one is charged', () => {
  const metrics = valuesOf({
    'battery_charge_ratio{battery="BAT0"}': 1,
    'battery_charge_ratio{battery="BAT1"}': 0.4,
    'battery_charging{battery="BAT0"}': 0,
    'battery_charging{battery="BAT1"}': 1,
  })
  expect(heatLines(metrics)).toContainEqual(['battery', ['BAT0 100 %', 'BAT1 40 %, charging']])
})
