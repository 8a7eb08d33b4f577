import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir, totalmem } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { battery } from '../../../src/probes/portable/battery.ts'
import { diskio } from '../../../src/probes/portable/diskio.ts'
import { macGpu } from '../../../src/probes/portable/gpu.ts'
import { memory } from '../../../src/probes/portable/memory.ts'
import { network } from '../../../src/probes/portable/network.ts'
import { space } from '../../../src/probes/portable/space.ts'
import type { SlowProbe } from '../../../src/probes/probe.ts'
import { filesOf, Recorder } from '../linux/recorder.ts'

/** What the programs of macOS 14 print, by the program and what its arguments hold. */
const PROGRAMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  vm_stat: {
    '': `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                                6029.
Pages active:                              1013.
Pages inactive:                            2217.
Pages speculative:                         1893.
Pages wired down:                          1000.
Pages purgeable:                            500.
File-backed pages:                         1890.
Anonymous pages:                           3500.
Pages occupied by compressor:              2000.`,
  },
  sysctl: {
    'vm.pagesize': '16384',
    'vm.swapusage': 'total = 3072.00M  used = 768.00M  free = 2304.00M  (encrypted)',
  },
  df: {
    '': `Filesystem     1024-blocks      Used Available Capacity  Mounted on
/dev/disk3s1s1      482797   10112    156421     7%    /
devfs                  203       203         0   100%    /dev
/dev/disk3s6        482797    4194    156421     3%    /System/Volumes/VM
/dev/disk3s5        482797  302923    156421    66%    /System/Volumes/Data
map auto_home            0         0         0   100%    /System/Volumes/Data/home
/dev/disk5s1          1000       250       750    25%    /Volumes/My Disk`,
  },
  mount: {
    '': `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s6 on /System/Volumes/VM (apfs, local, noexec, journaled, noatime, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
/dev/disk5s1 on /Volumes/My Disk (exfat, local, nodev, nosuid, noowners)`,
  },
  diskutil: { '': '   0:      GUID_partition_scheme                        *500.3 GB   disk0' },
  ifconfig: { '': '\tstatus: active' },
  netstat: {
    '': `Name       Mtu   Network       Address            Ipkts Ierrs     Ibytes    Opkts Oerrs     Obytes  Coll Drop
en0        1500  <Link#11>   a4:83:e7:00:00:00  2853042     3 3198732415  1201553     4  180201555     0   2
en0        1500  192.168.1     192.168.1.20       2853042     - 3198732415  1201553     -  180201555     -   -`,
  },
  ioreg: {
    AppleSmartBattery: `      "AppleRawCurrentCapacity" = 2890
      "TimeRemaining" = 312
      "CycleCount" = 112
      "DesignCapacity" = 4382
      "AppleRawMaxCapacity" = 4128
      "IsCharging" = No
      "Voltage" = 11894`,
    IOBlockStorageDriver: `+-o IOBlockStorageDriver  <class IOBlockStorageDriver, id 0x10000049b, registered>
      "Statistics" = {"Operations (Write)"=11,"Latency Time (Write)"=0,"Bytes (Read)"=4096000,"Errors (Write)"=0,"Total Time (Read)"=5,"Latency Time (Read)"=0,"Retries (Read)"=0,"Errors (Read)"=0,"Total Time (Write)"=6,"Bytes (Write)"=8192000,"Operations (Read)"=7,"Retries (Write)"=0}`,
  },
  pmset: {
    '': `Now drawing from 'Battery Power'
 -InternalBattery-0 (id=4653155)\t70%; discharging; 5:12 remaining present: true`,
  },
  system_profiler: {
    '': `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<array>
	<dict>
		<key>_items</key>
		<array>
			<dict>
				<key>spdisplays_vram</key>
				<string>8 GB</string>
				<key>sppci_bus</key>
				<string>spdisplays_pcie_device</string>
				<key>sppci_model</key>
				<string>AMD Radeon Pro 5500M</string>
			</dict>
			<dict>
				<key>spdisplays_vram_shared</key>
				<string>1536 MB</string>
				<key>sppci_bus</key>
				<string>spdisplays_builtin</string>
				<key>sppci_model</key>
				<string>Intel UHD Graphics 630</string>
			</dict>
		</array>
	</dict>
</array>
</plist>`,
  },
}

const real = process.platform
let folder: string

/** The library looks at the platform when it is loaded, which a probe does at its first turn, and runs what it finds in PATH. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mac-'))
  for (const [program, answers] of Object.entries(PROGRAMS)) {
    const cases = Object.entries(answers).map(([word, text]) => `*'${word}'*) cat <<'END'\n${text}\nEND\n;;`)
    writeFileSync(join(folder, program), `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\nesac\n`)
    chmodSync(join(folder, program), 0o755)
  }
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
  Object.defineProperty(process, 'platform', { value: 'darwin' })
})
afterAll(() => {
  Object.defineProperty(process, 'platform', { value: real })
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

async function measured(probe: SlowProbe): Promise<Recorder> {
  const out = new Recorder()
  const run = () => expect.fail('asks through the library')
  await probe.measure({ files: filesOf({}), run, signal: new AbortController().signal }, out)
  return out
}

// A shell is needed to speak for the programs.
const onUnix = test.runIf(process.platform !== 'win32')

onUnix('memory: used is what is neither free nor can be given up; swap', async () => {
  const { gauges } = await measured(memory)
  expect(gauges.memory_used_bytes).toBe((3500 - 500 + 1000 + 2000) * 16_384)
  expect(gauges).toMatchObject({
    memory_total_bytes: totalmem(),
    swap_total_bytes: 3072 * 1024 ** 2,
    swap_used_bytes: 768 * 1024 ** 2,
    swap_used_ratio: 0.25,
  })
})

onUnix('space: the root and what holds the data of people, without the volumes of the system', async () => {
  const { states, gauges } = await measured(space)
  expect(states).toEqual({
    'mount{device="/dev/disk3s1s1",mount="/",type="APFS"}': 'ok',
    'mount{device="/dev/disk3s5",mount="/System/Volumes/Data",type="APFS"}': 'ok',
    'mount{device="/dev/disk5s1",mount="/Volumes/My Disk",type="exfat"}': 'ok',
  })
  expect(gauges['disk_used_ratio{mount="/Volumes/My Disk"}']).toBe(0.25)
  expect(gauges['disk_total_bytes{mount="/"}']).toBe(482_797 * 1024)
})

onUnix('network: the line of the link, not those of its addresses', async () => {
  const [name] = Object.keys(networkInterfaces())
  const { counters, states } = await measured(network)
  const labels = `{interface="${name}"}`
  expect(counters).toMatchObject({
    [`network_receive_bytes_total${labels}`]: 3_198_732_415,
    [`network_transmit_bytes_total${labels}`]: 180_201_555,
    [`network_dropped_total${labels}`]: 2,
    [`network_errors_total${labels}`]: 7,
  })
  expect(new Set(Object.values(states))).toEqual(new Set(['up']))
})

onUnix('disks: bytes of the statistics of all drivers', async () => {
  expect((await measured(diskio)).counters).toEqual({
    'disk_read_bytes_total{device="all"}': 4_096_000,
    'disk_written_bytes_total{device="all"}': 8_192_000,
  })
})

onUnix('battery: as pmset says it', async () => {
  expect((await measured(battery)).gauges).toEqual({
    'battery_charge_ratio{battery="battery"}': 0.7,
    'battery_reserve_ratio{battery="battery"}': 0.7,
    'battery_charging{battery="battery"}': 0,
    'battery_left_seconds{battery="battery"}': 312 * 60,
    mains_online: 0,
  })
})

onUnix('graphics: memory of a card; what the processor shares belongs to no card', async () => {
  expect((await measured(macGpu)).gauges).toEqual({
    'gpu_memory_total_bytes{gpu="AMD Radeon Pro 5500M"}': 8 * 1024 ** 3,
  })
})
