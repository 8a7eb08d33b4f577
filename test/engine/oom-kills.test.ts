import { expect, test } from 'vitest'
import { OomKills } from '../../src/engine/oom-kills.ts'
import type { LogEvent } from '../../src/model/event.ts'

function told(...counts: Record<string, number>[]): string[] {
  const kills = new OomKills()
  const events: LogEvent[] = []
  for (const [at, counters] of counts.entries()) {
    const stamp = { source: 'vmstat', wallMs: at * 1000, monoMs: at * 1000, everyMs: 1000 }
    kills.accept({ ...stamp, gauges: {}, counters, states: {} }, (event) => events.push(event))
  }
  return events.map(({ subject, text }) => `${subject} ${text}`)
}

test('what was counted before healthtop looked is no news', () => {
  expect(told({ oom_kills_total: 7 }, { oom_kills_total: 7 })).toEqual([])
})

test('each rise is told, and how many it was', () => {
  expect(told({ oom_kills_total: 7 }, { oom_kills_total: 8 }, {}, { oom_kills_total: 10 })).toEqual([
    'memory the kernel ended a process: memory ran out, of the machine or of a control group',
    'memory the kernel ended 2 processes: memory ran out, of the machine or of a control group',
  ])
  expect(told({ cgroup_oom_kills_total: 0 }, { cgroup_oom_kills_total: 1 })).toEqual([
    'memory the kernel ended a process: its control group had no more memory',
  ])
})

test('what the own control group tells of is in the count of the machine too, and told once', () => {
  const counts = (cgroup: number, machine: number) => [{ cgroup_oom_kills_total: cgroup }, { oom_kills_total: machine }]
  expect(told(...counts(0, 7), ...counts(1, 8), ...counts(1, 9))).toEqual([
    'memory the kernel ended a process: its control group had no more memory',
    'memory the kernel ended a process: memory ran out, of the machine or of a control group',
  ])
})

test('a counter that started over tells nothing', () => {
  expect(told({ oom_kills_total: 7 }, { oom_kills_total: 1 }, { oom_kills_total: 1 })).toEqual([])
})
