import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PROCESS_FIELDS, type ProcessRow, SORT_KEYS } from '../../../../src/model/processes.ts'
import { WATCH_SECTIONS } from '../../../../src/model/watch.ts'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { parseStat, StatReading } from '../../../../src/probes/linux/processes/stat.ts'
import { openLinuxWatch } from '../../../../src/probes/linux/watch/platform.ts'
import { parseTaskStat } from '../../../../src/probes/linux/watch/stat.ts'
import { Watcher } from '../../../../src/probes/watch/watcher.ts'
import { TICKS_PER_SECOND } from '../../../fixtures/tree/tree.ts'
import { addDetails, type Damage, damage, filesOf } from './damaged.ts'
import { Scanning } from './scanning.ts'

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const WORDS = ['x', '-', '', '-1', '\x1b[2J', '9'.repeat(400), '99999999999999999999', ')', '\n', '1e5', 'NaN']
const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), share }),
  fc.record({ kind: fc.constantFrom('empty' as const, 'gone' as const, 'folder' as const) }),
  fc.record({
    kind: fc.constant('word' as const),
    share,
    text: fc.constantFrom(...WORDS),
  }),
  fc.record({ kind: fc.constant('bytes' as const), content: fc.uint8Array({ maxLength: 300 }) }),
)
/** Every other one meets the file that everything begins with. */
const attacks = fc.array(fc.record({ at: share, stat: fc.boolean(), how: damages }), { minLength: 1, maxLength: 12 })

/** Throws at the first number that is none, and at text that a terminal would obey, however deep. */
function expectSound(value: unknown, path = 'it'): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`)
  if (typeof value === 'string' && /[\p{Cc}\p{Cs}]/u.test(value)) throw new Error(`${path} is ${JSON.stringify(value)}`)
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) expectSound(part, `${path}.${key}`)
}

test('whatever is wrong with files of processes, a scan and a watch go on and tell no number that is none', async () => {
  await fc.assert(
    fc.asyncProperty(attacks, fc.nat(), async (list, seed) => {
      using scanning = new Scanning({ processes: 6, kernelThreads: 1, seed, names: 'hostile' })
      const { root } = scanning.recorded.tree
      const { clock } = scanning.recorded
      for (const pid of scanning.pids) addDetails(root, pid)
      const host = new SystemFiles(root)
      const [pid] = scanning.pids as [number]
      const platform = openLinuxWatch({ host, ticksPerSecond: TICKS_PER_SECOND, clock })
      const find = scanning.scanner.rowsWhere.bind(scanning.scanner)
      const watchers = [{ kind: 'pid', pid } as const, { kind: 'pattern', source: '' } as const].map((target) => {
        const watcher = new Watcher({ find, platform, clock, everyMs: 1000, scanEveryMs: 2000, self: 0 })
        watcher.request({ target, sections: WATCH_SECTIONS })
        return watcher
      })
      const look = async () => {
        await scanning.step()
        const rows: ProcessRow[] = []
        for (const arrange of ['list', 'tree', 'unit'] as const) {
          const threadsOf = rows.map(({ pid, startTicks }) => `${pid}:${startTicks}`)
          rows.push(...scanning.answer({ columns: PROCESS_FIELDS, arrange, threadsOf, rows: 100 }).rows)
        }
        for (const sort of SORT_KEYS) scanning.answer({ sort, rows: 1 })
        expectSound(rows)
        expectSound(scanning.scanner.leaders())
        for (const watcher of watchers) {
          watcher.scanned()
          expectSound(watcher.measure())
          expectSound(watcher.take())
        }
      }
      await look()
      const files = scanning.pids.flatMap((each) => filesOf(root, each))
      for (const { at, stat, how } of list) {
        const among = files.filter((path) => path.endsWith('/stat') === stat)
        const path = among[Math.floor(at * among.length)]
        if (path === undefined) continue
        files.splice(files.indexOf(path), 1)
        damage(path, how)
      }
      await look()
      await look()
      host.close()
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
  )
}, 60_000)

test('whichever word of stat is another, it is refused or read as numbers and a letter', () => {
  using scanning = new Scanning({ processes: 6, kernelThreads: 0 })
  const [pid] = scanning.pids as [number]
  const words = readFileSync(`${scanning.recorded.tree.root}/proc/${pid}/stat`, 'latin1').split(' ')
  let read = 0
  for (let index = 0; index < words.length; index++) {
    for (const word of WORDS) {
      const bytes = Buffer.from(words.with(index, word).join(' '), 'latin1')
      const reading = new StatReading()
      if (parseStat(bytes, bytes.length, reading)) {
        read++
        const { commStart, commEnd, ...rest } = reading
        expectSound({ ...rest, state: String.fromCharCode(rest.state) }, `${index} as ${word}: it`)
      }
      expectSound(parseTaskStat(bytes), `${index} as ${word}: it`)
    }
  }
  // What stands behind the resident pages is not read in every scan.
  expect(read).toBeGreaterThan(25 * WORDS.length)
})

test('the fixture is whole: undamaged, every process is in the table with all that was asked for', async () => {
  using scanning = new Scanning({ processes: 6, kernelThreads: 1 })
  for (const pid of scanning.pids) addDetails(scanning.recorded.tree.root, pid)
  await scanning.scan()
  await scanning.step()
  const { rows } = scanning.answer({ columns: PROCESS_FIELDS, kernelThreads: false })
  expect(rows).toHaveLength(scanning.pids.length)
  for (const row of rows) {
    expect(row).toMatchObject({ proportionalBytes: 512_000, swapBytes: 12_288, files: 2, unit: 'nginx.service' })
  }
})
