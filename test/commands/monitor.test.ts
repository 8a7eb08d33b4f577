import { expect, test } from 'vitest'
import { createMonitor, type MonitorOptions } from '../../src/commands/monitor.ts'
import { NO_MARKS } from '../../src/model/alert.ts'
import { OWN_SOURCE, type Sample } from '../../src/model/sample.ts'
import { ALERT_COMMANDS, type Batch, type Command, type Source } from '../../src/model/source.ts'
import type { Watched, WatchRequest } from '../../src/model/watch.ts'

test('what can be done is what can be done now', () => {
  const { monitor, allow } = told()
  expect([...monitor.can]).toEqual(ALERT_COMMANDS)
  allow('check_now')
  expect([...monitor.can]).toEqual(['check_now', ...ALERT_COMMANDS])
  expect(monitor.can).toBe(monitor.can)
})

test('nobody who only reads can do anything to an alert', async () => {
  const { monitor } = told({ readOnly: true })
  expect([...monitor.can]).toEqual([])
  const outcome = await monitor.command({ kind: 'acknowledge', alert: 'x', note: '' })
  expect(outcome).toEqual({ ok: false, reason: 'read-only' })
})

test('who judges takes what is done to alerts: the engine here, or the healthtop that it is attached to', async () => {
  const { monitor, commands, tellBatch } = told()
  const acknowledge = { kind: 'acknowledge', alert: 'x', note: '' } as const
  expect(await monitor.command(acknowledge)).toEqual({ ok: false, reason: 'this alert is over' })
  const by = { pid: 7, command: 'run' } as const
  tellBatch({ told: { by, alerts: [], records: [], events: [], marks: NO_MARKS } })
  expect(monitor.frame.measurer).toEqual(by)
  expect(await monitor.command(acknowledge)).toEqual({ ok: true })
  expect(commands).toEqual([acknowledge])
  expect([...monitor.can]).toEqual([])
  tellBatch({ told: 'own' })
  expect(monitor.frame.measurer).toBeUndefined()
})

test('a sample that no source tells comes with the next batch, the newest of each; with an event both come at once', () => {
  const { monitor, tellBatch } = told()
  const lost = (lines: number): Sample => ({
    ...{ source: OWN_SOURCE, wallMs: 0, monoMs: 0, everyMs: 10_000, counters: {}, states: {} },
    gauges: { log_lost_lines: lines },
  })
  const before = monitor.frame
  monitor.tell({ samples: [lost(1)] })
  monitor.tell({ samples: [lost(2)] })
  expect(monitor.frame).toBe(before)
  tellBatch({})
  expect(monitor.frame.metrics.value('log_lost_lines')).toBe(2)
  monitor.tell({
    samples: [lost(3)],
    events: [{ wallMs: 0, kind: 'log', level: 'warning', subject: 'log', text: 'x' }],
  })
  expect(monitor.frame.metrics.value('log_lost_lines')).toBe(3)
  expect(monitor.frame.events).toHaveLength(1)
})

/** A source that tells what the test says, and keeps what it is asked. */
function told(parts: Partial<MonitorOptions> = {}) {
  const commands: Command[] = []
  const requests: (WatchRequest | undefined)[] = []
  let receive = (_: Batch): void => {}
  let can: Source['can'] = new Set()
  const source: Source = {
    get can() {
      return can
    },
    start: (to) => {
      receive = to
    },
    query: () => {},
    watch: (request) => void requests.push(request),
    async command(command) {
      commands.push(command)
      return { ok: true }
    },
    inspect: async () => undefined,
    stop: async () => {},
  }
  const clock = { wallMs: () => 0, monoMs: () => 0 }
  const monitor = createMonitor(source, { wallMs: 0, monoMs: 0, samples: [] }, () => {}, { clock, ...parts })
  const tellBatch = (batch: Partial<Batch>) => receive({ wallMs: 0, monoMs: 0, samples: [], ...batch })
  const tell = (watched: Watched) => tellBatch({ watched })
  const allow = (kind: Command['kind']) => {
    can = new Set([kind])
  }
  return { monitor, requests, commands, tell, tellBatch, allow }
}

const named = (name: string): WatchRequest => ({ target: { kind: 'name', name }, sections: [] })
const watched = (target: Watched['target']): Watched => ({
  target,
  label: 'x',
  state: 'running',
  instances: [],
  runs: [],
  restarts: 0,
})

test('an unchanged request is not sent again, and what was not asked for is not shown', () => {
  const { monitor, requests, tell } = told()
  monitor.watch(undefined)
  expect(requests).toEqual([])
  monitor.watch(named('a'))
  monitor.watch(named('a'))
  expect(requests).toEqual([named('a')])
  tell(watched(named('b').target))
  expect(monitor.frame.watched).toBeUndefined()
  tell(watched(named('a').target))
  expect(monitor.frame.watched?.target).toEqual(named('a').target)
  monitor.watch(named('b'))
  expect(monitor.frame.watched).toBeUndefined()
  monitor.watch(undefined)
  expect(requests).toEqual([named('a'), named('b'), undefined])
})

test('a pid comes back as the process that has it', () => {
  const { monitor, tell } = told()
  monitor.watch({ target: { kind: 'pid', pid: 7 }, sections: [] })
  tell(watched({ kind: 'process', id: { pid: 7, startTicks: 1 }, name: 'seven' }))
  expect(monitor.frame.watched?.target.kind).toBe('process')
})
