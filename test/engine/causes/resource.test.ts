import { expect, test } from 'vitest'
import { resourceOf } from '../../../src/engine/causes/resource.ts'

const of = (series: string, kind: 'metric' | 'forecast' | 'check' | 'event' = 'metric') => resourceOf({ kind, series })

test.each([
  ['cpu_used_ratio', 'cpu'],
  ['load_1m', 'cpu'],
  ['pressure_cpu_some_ratio', 'cpu'],
  ['cgroup_cpu_throttled_ratio', 'cpu'],
  ['memory_used_ratio', 'memory'],
  ['swap_in_bytes_per_second', 'memory'],
  ['pressure_memory_full_ratio', 'memory'],
  ['cgroup_memory_used_ratio', 'memory'],
  ['disk_used_ratio{mount="/var"}', 'disk'],
  ['disk_busy_ratio{device="sda"}', 'disk'],
  ['pressure_io_full_ratio', 'disk'],
  ['cpu_iowait_ratio', 'disk'],
  ['network_errors_per_second{interface="eth0"}', 'network'],
  ['tcp_listen_overflows_per_second', 'network'],
  ['cpu_steal_ratio', undefined],
  ['clock_synchronised', undefined],
  ['battery_reserve_ratio', undefined],
  ['check_latency_seconds{check="api"}', undefined],
])('%s is of %s', (series, resource) => {
  expect(of(series)).toBe(resource)
  expect(of(series, 'forecast')).toBe(resource)
})

test('a check is of nothing that processes use up, and of events only an oom kill', () => {
  expect(of('check_up{check="api"}', 'check')).toBeUndefined()
  expect(of('event{event="oom_kill"}', 'event')).toBe('memory')
  expect(of('event{event="reboot"}', 'event')).toBeUndefined()
})
