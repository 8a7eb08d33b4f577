import type { CgroupDetail } from '../../../model/watch.ts'
import type { HostFiles } from '../../probe.ts'
import { type CgroupFigures, type CgroupPressure, readFigures, readPressure } from '../cgroup/figures.ts'
import { given, keyed } from '../cgroup/files.ts'
import { cgroupFolders, type Place } from '../cgroup/where.ts'
import { known, type ProcessFiles } from './reader.ts'

/** Follows the control group of one process: where it is, what it may, and how often it was killed for want of memory. */
export class ProcessCgroup {
  private readonly files: ProcessFiles
  private readonly host: HostFiles
  private readonly pid: number
  private place: Place | undefined
  private placeText = ''
  private cpu: CgroupFigures['cpu']
  private throttledRatio: number | undefined

  constructor(files: ProcessFiles, host: HostFiles, pid: number) {
    this.files = files
    this.host = host
    this.pid = pid
  }

  /** How much its tasks were held up; only v2 tells. */
  pressure(): CgroupPressure | undefined {
    const place = this.where()
    return place && readPressure(this.host, place)
  }

  /** Processes of the cgroup that the kernel killed for want of memory. Kernel doc admin-guide/cgroup-v2, cgroup-v1/memory. */
  oomKills(): number | undefined {
    const seat = this.where()?.seat('memory')
    if (seat === undefined) return undefined
    const file = seat.version === 2 ? 'memory.events' : 'memory.oom_control'
    return keyed(this.host.optional(`${seat.folder}/${file}`), ['oom_kill']).oom_kill
  }

  detail(): CgroupDetail | undefined {
    const place = this.where()
    if (place === undefined) return undefined
    const { memory, cpu, pids, pressure } = readFigures(this.host, place)
    this.throttle(cpu)
    return {
      path: place.path,
      ...given({
        memoryBytes: memory?.currentBytes,
        memoryLimitBytes: memory?.limit?.value,
        cpuLimitCores: cpu?.quota?.value,
        throttledRatio: this.throttledRatio,
        pidsUsed: pids?.used,
        pidsLimit: pids?.limit?.value,
        pressure,
      }),
    }
  }

  private where(): Place | undefined {
    const bytes = known(this.files.read(this.pid, 'cgroup'))
    if (bytes === undefined) return this.place
    const text = Buffer.from(bytes).toString('latin1')
    if (text === this.placeText) return this.place
    const cgroup = Buffer.from(text, 'latin1')
    const mounts = this.host.optional('proc/self/mountinfo')
    this.placeText = text
    this.place = mounts && cgroupFolders(cgroup, mounts)
    return this.place
  }

  private throttle(cpu: CgroupFigures['cpu']): void {
    const { periods, throttledPeriods } = cpu ?? {}
    const before = this.cpu
    this.cpu = cpu
    if (periods === undefined || throttledPeriods === undefined) return
    if (before?.periods === undefined || before.throttledPeriods === undefined) return
    const rise = periods - before.periods
    // No period: it did not run.
    if (rise > 0) this.throttledRatio = (throttledPeriods - before.throttledPeriods) / rise
    else if (rise === 0) this.throttledRatio = 0
  }
}
