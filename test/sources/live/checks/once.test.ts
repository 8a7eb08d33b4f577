import { expect, test } from 'vitest'
import { down, up } from '../../../../src/checks/check.ts'
import { systemClock } from '../../../../src/lib/clock.ts'
import { type ChecksOnceOptions, checkOnce } from '../../../../src/sources/live/checks/once.ts'
import { checkDefinition, typeThat } from '../../../checks/definitions.ts'
import { leavingNothing, tcpServer } from '../../../checks/servers/loopback.ts'

function once(options: Partial<ChecksOnceOptions> & Pick<ChecksOnceOptions, 'definitions'>) {
  return checkOnce({ secrets: [], platform: 'procfs', root: '/', clock: systemClock, ...options })
}

test('each result is told as it comes, and all in the end', async () => {
  await using server = await tcpServer((socket) => socket.end('220 ready\r\n'))
  const settings = { host: '127.0.0.1', port: server.port, expect: { text: 'ready' } }
  const match = { text: process.title.slice(0, 15) }
  const definitions = [
    checkDefinition('smtp', { type: 'tcp', settings }),
    checkDefinition('closed', { type: 'tcp', settings: { host: '127.0.0.1', port: 1 }, retries: 1 }),
    checkDefinition('processes', {
      type: 'process',
      settings: { match, count: { op: '>=', value: 0 }, restarts: { op: '<', value: 3 } },
    }),
  ]
  const told: string[] = []
  const results = await leavingNothing(() => once({ definitions, onResult: ({ check }) => told.push(check) }))
  expect(results.map(({ check }) => check)).toEqual(told)
  expect(told.toSorted()).toEqual(['closed', 'processes', 'smtp'])
  const of = (name: string) => results.find(({ check }) => check === name)
  expect(of('smtp')?.outcome.state).toBe('up')
  expect(of('closed')).toMatchObject({ tries: 2, outcome: { error: 'connection refused by 127.0.0.1:1' } })
  expect(of('processes')?.outcome.state).toBe('up')
})

test('no more run at once than on schedule', async () => {
  let running = 0
  let most = 0
  const type = typeThat(
    async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 20))
      running--
      return down('status', 's3cret', {})
    },
    { uses: 'program' },
  )
  const definitions = Array.from({ length: 40 }, (_, index) => checkDefinition(`check-${index}`))
  const secrets = [{ value: 's3cret', shown: '•••' }]
  const results = await once({ definitions, secrets, typeOf: () => type })
  expect([results.length, most]).toEqual([40, 16])
  expect(results[0]?.outcome.error).toBe('•••')
})

test('nothing to check is done at once, and what is stopped has no result', async () => {
  expect(await once({ definitions: [] })).toEqual([])
  const stop = new AbortController()
  const type = typeThat(({ hangs }, { signal }) =>
    hangs === true
      ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      : Promise.resolve(up()),
  )
  const definitions = [
    checkDefinition('well'),
    checkDefinition('hanging', { settings: { hangs: true }, timeoutMs: 60_000 }),
  ]
  const results = await once({
    definitions,
    typeOf: () => type,
    stop: stop.signal,
    onResult: () => stop.abort(),
  })
  expect(results.map(({ check }) => check)).toEqual(['well'])
})

test('a host that cannot be read says nothing of its processes', async () => {
  const type = typeThat(async (_, { processes }) =>
    up({ facts: [{ name: 'n', value: `${(await processes({})).length}` }] }),
  )
  const [result] = await once({ definitions: [checkDefinition('all')], root: '/nowhere', typeOf: () => type })
  expect(result?.outcome).toMatchObject({ state: 'unknown', reason: 'host' })
})

test('what asking takes is there before the first one is asked; where it fails the check itself tells', async () => {
  const told: string[] = []
  const type = typeThat(
    async ({ index }) => {
      told.push(`run ${index}`)
      return up()
    },
    {
      prepare: async ({ index }) => {
        told.push(`prepare ${index}`)
        if (index === 0) throw new Error('no such file')
      },
    },
  )
  const definitions = [0, 1].map((index) => checkDefinition(`check-${index}`, { settings: { index } }))
  const results = await once({ definitions, typeOf: () => type })
  expect(told).toEqual(['prepare 0', 'prepare 1', 'run 0', 'run 1'])
  expect(results.map(({ outcome }) => outcome.state)).toEqual(['up', 'up'])
})
