import { describe, expect, test } from 'vitest'
import { definitionOf } from '../../fixtures/checks.ts'
import { NOW } from '../../fixtures/frame.ts'
import { CPU, GIB, MEMORY, MIB, processOf, SPACE, Story } from './scene.ts'

const used = 'disk_used_bytes{mount="/var"}'

describe('a compile starts', () => {
  const story = () => {
    const told = new Story().scan(60, { cpu: [processOf('node', 4211, { cpuRatio: 0.3 })] })
    for (let scan = 0; scan < 5; scan++) {
      const agoMs = (10 - 2 * scan) * 1000
      const started = [0, 1, 2].map((at) =>
        processOf('cc1', 9000 + scan * 10 + at, { startedMs: NOW - agoMs - 500, user: 'ada' }),
      )
      const cpu = started.map((row) => ({ ...row, cpuRatio: 0.97 }))
      told.scan(agoMs / 1000, { started, cpu: [...cpu, processOf('node', 4211, { cpuRatio: 0.3 })] })
    }
    return told
  }
  const values = { cpu_used_ratio: 0.5 }

  test('its processes are one cause, and one change that stands first', () => {
    const { evidence, cause } = story().look({ alert: CPU, values })
    expect(cause).toBe('3 × cc1 use 2.9 cores')
    expect(evidence.changes[0]).toMatchObject({ kind: 'process_started', subject: 'cc1', text: 'started 15 times' })
    expect(evidence.changes.filter(({ subject }) => subject === 'cc1')).toHaveLength(1)
  })

  test('suspects stand by what they use, with their share of all that is used, and are fresh', () => {
    const { evidence } = story().look({ alert: CPU, values })
    expect(evidence.suspects.map(({ name }) => name)).toEqual(['cc1', 'cc1', 'cc1', 'node'])
    // Half of eight cores is used.
    expect(evidence.suspects[0]).toMatchObject({ value: 0.97, share: 0.97 / 4, fresh: true })
    expect(evidence.suspects[3]).toMatchObject({ fresh: false, user: 'root' })
  })
})

test('one process that uses a core is named alone, and who shares in little is not named', () => {
  const cpu = [processOf('node', 4211, { cpuRatio: 0.912 }), processOf('node', 4212, { cpuRatio: 0.1 })]
  const values = { cpu_used_ratio: 0.2 }
  expect(new Story().scan(0, { cpu }).look({ alert: CPU, values }).cause).toBe('node uses 91 % of a core')
  const many = Array.from({ length: 10 }, (_, at) => processOf(`job-${at}`, at + 1, { cpuRatio: 0.15 }))
  expect(
    new Story().scan(0, { cpu: many }).look({ alert: CPU, values: { cpu_used_ratio: 0.95 } }).cause,
  ).toBeUndefined()
})

describe('a leak', () => {
  test('who grew is named, though another holds more', () => {
    const story = new Story()
    for (let ago = 360; ago >= 0; ago -= 30) {
      const grown = (360 - ago) / 360
      story.scan(ago, {
        memory: [
          processOf('postgres', 1204, { memoryBytes: 9 * GIB }),
          processOf('java', 4000, { memoryBytes: (2 + 4 * grown) * GIB }),
        ],
      })
    }
    const { evidence, cause } = story.look({ alert: MEMORY })
    expect(cause).toBe('java grew by 3.7 GiB in 5 min')
    expect(evidence.suspects.map(({ name }) => name)).toEqual(['postgres', 'java'])
    expect(evidence.suspects[0]?.share).toBeCloseTo(9 / 31.2)
  })

  test('when nobody grew, who holds most is named, if it is much', () => {
    const memory = [processOf('java', 4000, { memoryBytes: 8.4 * GIB })]
    const still = new Story().scan(120, { memory }).scan(0, { memory })
    expect(still.look({ alert: MEMORY }).cause).toBe('java holds 8.4 GiB')
    const small = [processOf('bash', 12, { memoryBytes: 40 * MIB })]
    expect(new Story().scan(0, { memory: small }).look({ alert: MEMORY }).cause).toBeUndefined()
  })

  test('who began with much has grown since it began, and one that came into sight by no more than is sure', () => {
    const base = Array.from({ length: 10 }, (_, at) => processOf('worker', at + 1, { memoryBytes: 1 * GIB }))
    const began = processOf('import', 77, { memoryBytes: 3 * GIB, startedMs: NOW - 60_000 })
    const seen = processOf('cache', 88, { memoryBytes: 2.5 * GIB })
    const story = new Story().scan(120, { memory: base })
    expect(story.scan(0, { memory: [seen, ...base] }).look({ alert: MEMORY }).cause).toBe(
      'cache grew by 1.5 GiB in 2 min',
    )
    expect(story.scan(0, { memory: [began, seen, ...base] }).look({ alert: MEMORY }).cause).toBe(
      'import grew by 3.0 GiB in 1 min',
    )
  })
})

describe('a disk that fills', () => {
  const vacuum = processOf('vacuum-logs', 9377, { writeBytesPerSecond: 38e6, startedMs: NOW - 40_000 })
  const dd = processOf('dd', 9400, { writeBytesPerSecond: 900e6 })
  const postgres = processOf('postgres', 1204, { writeBytesPerSecond: 1e6 })
  const filling = { [used]: (ago: number) => 100e9 - ago * 38e6 }

  test('who writes as fast as it grows is named, and who writes elsewhere is not', () => {
    const story = new Story().scan(40, { started: [vacuum] }).scan(0, { write: [dd, vacuum, postgres] })
    const { evidence, cause } = story.look({ alert: SPACE, history: filling, values: { [used]: 100e9 } })
    expect(cause).toBe('vacuum-logs writes 38.0 MB/s')
    expect(evidence.suspects.map(({ name }) => name)).toEqual(['dd', 'vacuum-logs', 'postgres'])
    // All writes are those of the processes: the disks are told of them later.
    expect(evidence.suspects[1]?.share).toBeCloseTo(38 / 939)
    expect(evidence.changes[0]).toMatchObject({ subject: 'vacuum-logs', text: 'started, pid 9377, root' })
  })

  test('where it does not grow, or nobody writes, nobody is named', () => {
    const quiet = new Story().scan(0, { write: [processOf('journald', 598, { writeBytesPerSecond: 2000 })] })
    expect(
      quiet.look({ alert: SPACE, history: { [used]: () => 100e9 }, values: { [used]: 100e9 } }).cause,
    ).toBeUndefined()
    expect(new Story().look({ alert: SPACE }).cause).toBeUndefined()
  })

  test('disks that stall are the work of readers, too', () => {
    const backup = processOf('restic', 55, { readBytesPerSecond: 210e6, writeBytesPerSecond: 1000 })
    const story = new Story().scan(0, { read: [backup], write: [postgres, backup] })
    const { evidence, cause } = story.look({ alert: { series: 'pressure_io_full_ratio', subject: 'disks' } })
    expect(cause).toBe('restic reads 210 MB/s')
    expect(evidence.suspects.map(({ name }) => name)).toEqual(['restic', 'postgres'])
  })
})

test('of those that end before a check is down, who ran for long is likelier than errands', () => {
  const errands = [1, 2, 3].map((at) => processOf('sh', 100 + at, { startedMs: NOW - 5000 }))
  const { evidence } = new Story()
    .scan(8, { ended: [processOf('python3', 90)] })
    .scan(2, { ended: errands })
    .look({ alert: { kind: 'check', series: 'check_up{check="web"}', subject: 'web' } })
  expect(evidence.changes.map(({ subject }) => subject)).toEqual(['python3', 'sh'])
})

describe('postgres is restarted', () => {
  const old = processOf('postgres', 1204, { memoryBytes: GIB })
  const next = processOf('postgres', 9001, { startedMs: NOW - 39_000, user: 'postgres' })
  const story = () => new Story().scan(42, { ended: [old] }).scan(40, { started: [next] })

  test('its end and its start are one restart, which is the cause where no process leads', () => {
    const { evidence, cause } = story().look({
      alert: { kind: 'check', series: 'check_up{check="api"}', subject: 'api' },
    })
    expect(evidence.changes).toMatchObject([
      { kind: 'process_restarted', subject: 'postgres', text: 'restarted, pid 9001, postgres' },
    ])
    expect(evidence.suspects).toEqual([])
    expect(cause).toBeUndefined()
    const own = { kind: 'check', series: 'check_up{check="postgres"}', subject: 'postgres' } as const
    expect(story().look({ alert: own }).cause).toBe('postgres restarted 42 s before')
  })

  test('it is the cause of any check that it answered', () => {
    const socket = { protocol: 'tcp', address: '0.0.0.0', port: 5432, pid: 1204, process: 'postgres' } as const
    const alert = { kind: 'check', series: 'check_up{check="db"}', subject: 'db' } as const
    const told = story()
    told.investigator.listened([socket], NOW - 60_000)
    told.investigator.listened([{ ...socket, port: 22, pid: 77 }], NOW - 30_000)
    const here = definitionOf('db', { type: 'tcp', target: 'localhost:5432' })
    expect(told.look({ alert, check: here }).cause).toBe('postgres restarted 42 s before')
    for (const target of ['localhost:5433', 'db.example:5432']) {
      expect(told.look({ alert, check: { ...here, target } }).cause, target).toBeUndefined()
    }
    // Another one has the port by now.
    told.investigator.listened([{ ...socket, pid: 78 }], NOW - 1000)
    expect(told.look({ alert, check: definitionOf('db', here) }).cause).toBeUndefined()
  })

  test('another program of the same name is no restart', () => {
    const other = processOf('postgres', 9002, { command: 'postgres: autovacuum worker', startedMs: NOW - 39_000 })
    const { evidence } = new Story()
      .scan(42, { ended: [old] })
      .scan(40, { started: [other] })
      .look({ alert: CPU })
    expect(evidence.changes.map(({ kind }) => kind).sort()).toEqual(['process_ended', 'process_started'])
  })

  test('one that lived for a moment is not restarted when another of its name begins', () => {
    const brief = processOf('sh', 10, { startedMs: NOW - 44_000 })
    const again = processOf('sh', 11, { startedMs: NOW - 41_000 })
    const { evidence } = new Story()
      .scan(42, { ended: [brief] })
      .scan(40, { started: [again] })
      .look({ alert: CPU })
    expect(evidence.changes.map(({ kind }) => kind).sort()).toEqual(['process_ended', 'process_started'])
  })
})

describe('what else changed', () => {
  test('nothing at all: no suspects, no changes, no cause', () => {
    expect(new Story().look({ alert: { ...CPU } })).toEqual({
      evidence: { atMs: NOW, moment: 'pending', suspects: [], changes: [] },
    })
  })

  test('nearer ones weigh more, what is about the same thing most, and a check little for a busy machine', () => {
    const story = new Story()
      .event('check', 'mail', 'down, refused', 5)
      .event('mount_readonly', '/home', 'became read-only', 20)
      .event('mount_readonly', '/var', 'became read-only', 20)
      .event('mount_readonly', '/srv', 'became read-only', 100)
      .event('alert', '/var', '94 % used', 1)
      .event('started', 'healthtop', 'started watching', 1)
    const { changes } = story.look({ alert: SPACE }).evidence
    expect(changes.map(({ subject }) => subject)).toEqual(['/var', '/home', '/srv', 'mail'])
    expect(story.look({ alert: CPU }).evidence.changes.find(({ kind }) => kind === 'check')?.weight).toBeLessThan(0.2)
  })

  test('what is older than two minutes is forgotten, and a check does not explain itself', () => {
    const story = new Story().event('check', 'api', 'down', 1).event('reboot', 'host', 'was started anew', 130)
    const alert = { kind: 'check', series: 'check_up{check="api"}', subject: 'api' } as const
    expect(story.look({ alert }).evidence.changes).toEqual([])
    const slow = { kind: 'metric', series: 'check_latency_seconds{check="api"}', labels: { check: 'api' } } as const
    expect(story.look({ alert: slow }).evidence.changes).toEqual([])
  })

  test('a certificate ends by its time, whatever happens meanwhile', () => {
    const story = new Story()
      .event('unit_restarted', 'shop.service', 'restarted', 5)
      .event('reboot', 'host', 'was started anew', 9)
    const labels = { check: 'shop' }
    const alert = {
      kind: 'metric',
      series: 'check_certificate_seconds{check="shop"}',
      subject: 'shop',
      labels,
    } as const
    expect(story.look({ alert }).cause).toBeUndefined()
    expect(story.look({ alert: { ...alert, series: 'check_latency_seconds{check="shop"}' } }).cause).toBeDefined()
  })

  test('who began and does next to nothing explains nothing, though nobody does more', () => {
    const idle = processOf('vacuum-logs', 9377, { cpuRatio: 0.02, startedMs: NOW - 29_000 })
    const story = new Story().scan(20, { cpu: [idle], started: [idle] })
    const { evidence, cause } = story.look({ alert: CPU, values: { cpu_used_ratio: 1 } })
    expect(cause).toBeUndefined()
    expect(evidence.changes[0]?.weight).toBeLessThan(0.2)
  })

  test('many that start at once may explain it, a script that starts one every two seconds does not', () => {
    const sleeps = Array.from({ length: 30 }, (_, at) =>
      processOf('sleep', at + 1, { startedMs: NOW - 62_000 + 2000 * at }),
    )
    const churn = new Story()
    for (const [at, sleep] of sleeps.entries()) churn.scan(62 - 2 * at, { started: [sleep] })
    const once = new Story().scan(4, { started: sleeps })
    const weight = (story: Story) => story.look({ alert: SPACE }).evidence.changes[0]?.weight ?? 0
    expect(weight(churn)).toBeLessThan(0.2)
    expect(weight(once)).toBeGreaterThan(0.4)
  })

  test('a minute before a forecast is sure, who began to write is still the likely one', () => {
    const writer = processOf('vacuum-logs', 9377, { writeBytesPerSecond: 38e6, startedMs: NOW - 47_000 })
    const story = new Story().scan(46, { write: [writer], started: [writer] }).scan(0, { write: [writer] })
    const weight = (kind: 'metric' | 'forecast') =>
      story.look({ alert: { ...SPACE, kind } }).evidence.changes.find(({ subject }) => subject === 'vacuum-logs')
        ?.weight
    expect(weight('forecast')).toBeGreaterThan(0.6)
    expect(weight('metric')).toBeLessThan(0.6)
  })

  test('a series that jumped is among them, but not the one that the alert is about', () => {
    const jump = { 'disk_write_bytes_per_second{device="sdb"}': (ago: number) => (ago < 35 ? 120e6 : 2e6) }
    const busy = { cpu_used_ratio: (ago: number) => (ago < 35 ? 0.97 : 0.2) }
    const values = { 'disk_write_bytes_per_second{device="sdb"}': 120e6, cpu_used_ratio: 0.97 }
    const { changes } = new Story().look({ alert: CPU, history: { ...jump, ...busy }, values }).evidence
    expect(changes).toMatchObject([{ kind: 'jump', subject: 'sdb writes', text: 'rose from 2.0 MB/s to 120 MB/s' }])
  })

  test('a rule says itself whom it blames, and oom kills are of memory', () => {
    const memory = [processOf('java', 4000, { memoryBytes: 8.4 * GIB })]
    const story = new Story().scan(0, { memory, cpu: [processOf('node', 1, { cpuRatio: 1 })] })
    const oom = { kind: 'event', series: 'event{event="oom_kill"}', subject: 'memory' } as const
    // Who holds most now was spared.
    expect(story.look({ alert: oom }).cause).toBeUndefined()
    story.scan(0, { memory, ended: [processOf('python', 5000, { memoryBytes: 9 * GIB })] })
    expect(story.look({ alert: oom }).cause).toBe('python held 9.0 GiB')
    expect(story.look({ alert: CPU, blames: 'memory' }).evidence.suspects[0]?.name).toBe('java')
  })
})
