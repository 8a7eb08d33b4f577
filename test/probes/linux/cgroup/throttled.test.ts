import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Rates } from '../../../../src/engine/rates.ts'
import type { Sample } from '../../../../src/model/sample.ts'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { cgroupFolders } from '../../../../src/probes/linux/cgroup/where.ts'
import { cgroup } from '../../../../src/probes/linux/cgroup.ts'
import { cpu } from '../../../../src/probes/linux/cpu.ts'
import { memory } from '../../../../src/probes/linux/memory.ts'
import { measure } from '../../../../src/probes/measure.ts'
import type { HostFiles, Probe } from '../../../../src/probes/probe.ts'

const NAME = `healthtop-test-${process.pid}`
const LIMIT = 64 * 1024 ** 2
const CORES = 0.2

/** Folders of a cgroup with a quota of a fifth of a core and 64 MiB, made here; none where that is not permitted. */
function make(): string[] {
  const made: string[] = []
  const within = (top: string, limits: Readonly<Record<string, string>>) => {
    const folder = `${top}/${NAME}`
    mkdirSync(folder)
    made.push(folder)
    for (const [file, value] of Object.entries(limits)) writeFileSync(`${folder}/${file}`, value)
  }
  try {
    if (existsSync('/sys/fs/cgroup/cgroup.controllers')) {
      within('/sys/fs/cgroup', { 'cpu.max': '20000 100000', 'memory.max': String(LIMIT) })
      return made
    }
    within('/sys/fs/cgroup/cpu', { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '20000' })
    within('/sys/fs/cgroup/memory', { 'memory.limit_in_bytes': String(LIMIT) })
    // One folder where both are mounted together.
    if (!existsSync(`/sys/fs/cgroup/cpuacct/${NAME}`)) within('/sys/fs/cgroup/cpuacct', {})
    return made
  } catch {
    for (const folder of made) rmdirSync(folder)
    return []
  }
}

const folders = process.platform === 'linux' ? make() : []

describe.runIf(folders.length > 0)('a busy process in a real cgroup with a small quota', () => {
  const files = new SystemFiles('/')
  let busy: ChildProcess
  let inside: HostFiles

  beforeAll(() => {
    busy = spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' })
    for (const folder of folders) writeFileSync(`${folder}/cgroup.procs`, String(busy.pid))
    const own = (path: string) => path.replace('proc/self/', `proc/${busy.pid}/`)
    // What that process would see were it healthtop in a container.
    inside = {
      root: '/',
      read: (path) => files.read(own(path)),
      optional: (path) => (path === '.dockerenv' ? new Uint8Array() : files.optional(own(path))),
      list: (path) => files.list(own(path)),
    }
  })

  afterAll(async () => {
    files.close()
    if (busy !== undefined) {
      const ended = once(busy, 'exit')
      busy.kill('SIGKILL')
      await ended
    }
    // The kernel lets go of the last member a moment after it ended.
    for (const folder of folders) await until(() => attempt(() => rmdirSync(folder)))
  })

  const clock = { wallMs: () => Date.now(), monoMs: () => performance.now() }
  const read = (probe: Probe) => measure(probe.name, 60_000, clock, (out) => probe.read(inside, out))

  const usedSeconds = () => {
    const fields = readFileSync(`/proc/${busy.pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  }

  test('it is throttled, and uses all that it may', async () => {
    const probes = [cgroup, cpu]
    const usedBefore = usedSeconds()
    const before = probes.map(read)
    const periods = (sample: Sample) => sample.counters.cgroup_cpu_periods_total ?? Number.NaN
    let after: Sample[] = []
    await until(() => {
      after = probes.map(read)
      return periods(after[0] as Sample) - periods(before[0] as Sample) >= 20
    })
    const rates = new Rates()
    for (const sample of before) rates.accept(sample)
    const values = Object.fromEntries(after.flatMap((sample) => rates.accept(sample)))
    expect(after[0]?.gauges.cgroup_cpu_limit_cores).toBeCloseTo(CORES)
    expect(values.cgroup_cpu_throttled_ratio).toBeGreaterThan(0.5)
    // Others want the cores too, so that it may get a little less; and a moment may get a little more than its share.
    expect(values.cpu_used_ratio).toBeGreaterThan(0.5)
    expect(values.cpu_used_ratio).toBeLessThanOrEqual(1)
    expect(values.cgroup_cpu_used_ratio).toBeGreaterThan(0.5)
    expect(values.cgroup_cpu_used_ratio).toBeLessThan(1.3)
    expect(values.cgroup_cpu_cores).toBeLessThan(CORES * 1.3)
    // A second source: the process' own time.
    const total = (sample: Sample | undefined) => sample?.counters.cgroup_cpu_seconds_total ?? Number.NaN
    expect(Math.abs(total(after[0]) - total(before[0]) - (usedSeconds() - usedBefore))).toBeLessThan(0.1)
  }, 30_000)

  test('its memory is that of its limit', () => {
    const { gauges } = read(memory)
    expect(gauges.memory_total_bytes).toBe(LIMIT)
    expect(gauges.memory_used_bytes).toBeLessThan(LIMIT)
    expect((gauges.memory_used_bytes ?? 0) + (gauges.memory_available_bytes ?? 0)).toBe(LIMIT)
    expect(read(cgroup).gauges.cgroup_memory_limit_bytes).toBe(LIMIT)
  })

  test('from a cgroup namespace of its own it is in the root, and its folder is where that is mounted', () => {
    const controller = existsSync('/sys/fs/cgroup/cgroup.controllers') ? 'none' : 'memory'
    const mount = controller === 'none' ? 'mount -t cgroup2 none' : 'mount -t cgroup -o memory none'
    const script = `echo $$ > ${folders.find((folder) => folder.includes(controller)) ?? folders[0]}/cgroup.procs && exec unshare -C -m sh -c '${mount} /mnt && cat /proc/self/cgroup && echo == && cat /proc/self/mountinfo && cat /mnt/memory.limit_in_bytes /mnt/memory.max 2>&-; true'`
    const [member = '', mountinfo = ''] = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('==\n')
    // Mounts that were made outside have a root above that of the namespace, and cannot be used.
    const place = cgroupFolders(Buffer.from(member), Buffer.from(mountinfo))
    expect(place.seat('memory')).toMatchObject({ folder: 'mnt', levels: ['mnt'] })
    expect(mountinfo).toContain(`\n${LIMIT}\n`)
  })
})

function attempt(act: () => void): boolean {
  try {
    act()
    return true
  } catch {
    return false
  }
}

/** Waits for something that happens for sure; the test's own limit ends it otherwise. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 20))
}
