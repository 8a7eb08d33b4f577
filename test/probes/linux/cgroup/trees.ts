import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { writeNew } from '../../../fixtures/tree/write.ts'

export const MIB = 1024 ** 2
export const GIB = 1024 ** 3

/** A machine of 8 cores and 32 GiB with 4 GiB of swap. */
const MACHINE: Readonly<Record<string, string>> = {
  'proc/meminfo': `MemTotal: ${32 * MIB} kB\nMemFree: ${8 * MIB} kB\nMemAvailable: ${20 * MIB} kB\nBuffers: 1024 kB\nCached: ${9 * MIB} kB\nShmem: 1024 kB\nAnonPages: ${10 * MIB} kB\nSwapTotal: ${4 * MIB} kB\nSwapFree: ${3 * MIB} kB\n`,
  'proc/stat': `cpu  800000 100 400000 8000000 300 20 10 5 0 0\n${Array.from({ length: 8 }, (_, core) => `cpu${core} 100000 0 50000 1000000 30 2 1 0 0 0\n`).join('')}intr 1 0\nctxt 5\nbtime 1700000000\nprocesses 9\nprocs_running 1\nprocs_blocked 0\n`,
  'proc/uptime': '10000.00 70000.00\n',
}

export const V2_MOUNT = '30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n'

const PRESSURE = (some: string) =>
  `some avg10=${some} avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n`

/** The files of a v2 cgroup with 700 MiB of which 200 MiB are old page cache, on Linux 6.1. */
export function unified(folder: string, changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const content: Record<string, string> = {
    'cgroup.events': 'populated 1\nfrozen 0\n',
    'cgroup.procs': '1\n',
    'memory.current': `${700 * MIB}\n`,
    'memory.max': 'max\n',
    'memory.high': 'max\n',
    'memory.stat': `anon ${300 * MIB}\nfile ${350 * MIB}\nkernel ${50 * MIB}\nkernel_stack 16384\npagetables ${2 * MIB}\nsec_pagetables 0\npercpu 0\nsock 0\nvmalloc 0\nshmem ${50 * MIB}\nfile_mapped 0\nfile_dirty 4096\nfile_writeback 0\nswapcached 0\ninactive_anon ${100 * MIB}\nactive_anon ${200 * MIB}\ninactive_file ${200 * MIB}\nactive_file ${100 * MIB}\nunevictable 0\nslab_reclaimable ${20 * MIB}\nslab_unreclaimable ${10 * MIB}\nslab ${30 * MIB}\n`,
    'memory.swap.current': `${10 * MIB}\n`,
    'memory.swap.max': 'max\n',
    'memory.events': 'low 0\nhigh 4\nmax 17\noom 2\noom_kill 3\noom_group_kill 0\n',
    'cpu.stat':
      'usage_usec 5000000\nuser_usec 3000000\nsystem_usec 2000000\nnr_periods 400\nnr_throttled 100\nthrottled_usec 7500000\nnr_bursts 0\nburst_usec 0\n',
    'cpu.max': 'max 100000\n',
    'pids.current': '42\n',
    'pids.max': 'max\n',
    'cpu.pressure': PRESSURE('12.34'),
    'memory.pressure': PRESSURE('0.50'),
    'io.pressure': PRESSURE('100.00'),
    ...changes,
  }
  return Object.fromEntries(Object.entries(content).map(([name, text]) => [`${folder}/${name}`, text]))
}

/** The root of all v2 cgroups: no figures but those of the machine. */
export const UNIFIED_ROOT: Readonly<Record<string, string>> = {
  'sys/fs/cgroup/cgroup.procs': '1\n',
  'sys/fs/cgroup/cpu.stat': 'usage_usec 900000000\nuser_usec 600000000\nsystem_usec 300000000\n',
  'sys/fs/cgroup/cpu.pressure': PRESSURE('1.00'),
}

/** What v1 writes for no limit, with pages of 4 KiB. */
export const NO_LIMIT = '9223372036854771712'

/** The files of a v1 memory cgroup, on Linux 5.10. */
export function legacyMemory(folder: string, changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const content: Record<string, string> = {
    'memory.usage_in_bytes': `${700 * MIB}\n`,
    'memory.limit_in_bytes': `${NO_LIMIT}\n`,
    'memory.memsw.limit_in_bytes': `${NO_LIMIT}\n`,
    'memory.memsw.usage_in_bytes': `${710 * MIB}\n`,
    'memory.failcnt': '17\n',
    'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
    'memory.stat': `cache 1\nrss 2\nshmem 0\ninactive_file 5\nhierarchical_memory_limit ${NO_LIMIT}\nhierarchical_memsw_limit ${NO_LIMIT}\ntotal_cache ${350 * MIB}\ntotal_rss ${300 * MIB}\ntotal_shmem ${50 * MIB}\ntotal_dirty 4096\ntotal_writeback 0\ntotal_swap ${10 * MIB}\ntotal_inactive_file ${200 * MIB}\n`,
    ...changes,
  }
  return Object.fromEntries(Object.entries(content).map(([name, text]) => [`${folder}/${name}`, text]))
}

/** A recorded machine in a temporary folder that goes away at the end. */
export class RecordedMachine implements Disposable {
  readonly files: SystemFiles
  private readonly root = mkdtempSync(join(tmpdir(), 'cgroup-'))

  constructor(content: Readonly<Record<string, string>>) {
    this.write({ ...MACHINE, ...content })
    this.files = new SystemFiles(this.root)
  }

  write(content: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(content)) writeNew(join(this.root, path), text)
  }

  [Symbol.dispose](): void {
    this.files.close()
    rmSync(this.root, { recursive: true })
  }
}

/** What a process is in, and what is mounted. */
export function membership(cgroup: string, mountinfo: string): Record<string, string> {
  return { 'proc/self/cgroup': cgroup, 'proc/self/mountinfo': mountinfo }
}
