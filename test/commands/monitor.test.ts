import { expect, test } from 'vitest'
import { createMonitor } from '../../src/commands/monitor.ts'
import type { Batch, Command, Source } from '../../src/model/source.ts'
import type { Watched, WatchRequest } from '../../src/model/watch.ts'

test('what can be done is what can be done now', () => {
  const { monitor, allow } = told()
  expect([...monitor.can]).toEqual([])
  allow('check_now')
  expect([...monitor.can]).toEqual(['check_now'])
})

/** A source that tells what the test says, and keeps what it is asked. */
function told() {
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
    command: async () => ({ ok: true }),
    inspect: async () => undefined,
    stop: async () => {},
  }
  const monitor = createMonitor(source, { wallMs: 0, monoMs: 0, samples: [] }, () => {})
  const tell = (watched: Watched) => receive({ wallMs: 0, monoMs: 0, samples: [], watched })
  const allow = (kind: Command['kind']) => {
    can = new Set([kind])
  }
  return { monitor, requests, tell, allow }
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
