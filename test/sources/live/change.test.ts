import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { openHost } from '../../../src/sources/live/host.ts'
import { RecordedMachine } from '../../probes/linux/cgroup/trees.ts'

const CHIP = 'sys/class/hwmon/hwmon0'
const HEADING = 'Inter-|   Receive\n face |bytes\n'
const line = (name: string) => `${name}: 1000 10 0 0 0 0 0 0 2000 20 0 0 0 0 0 0\n`

const FILES: Readonly<Record<string, string>> = {
  [`${CHIP}/name`]: 'coretemp\n',
  [`${CHIP}/temp1_label`]: 'Package id 0\n',
  [`${CHIP}/temp1_input`]: '41000\n',
  'proc/net/dev': `${HEADING}${line('eth0')}${line('eth1')}`,
  'proc/self/mounts': '/dev/a / ext4 rw 0 0\n/dev/b /data ext4 rw 0 0\n',
  'healthtop/statfs': '/ 4096 1000 500 500 10 5\n/data 4096 1000 500 500 10 5\n',
}

/** A machine that changes while it is measured every second. */
class Watched implements Disposable {
  readonly machine = new RecordedMachine(FILES)
  readonly clock = { now: 0, wallMs: () => 1_700_000_000_000 + this.clock.now, monoMs: () => this.clock.now }
  private readonly engine = createEngine()
  private readonly host = openHost({
    platform: 'procfs',
    root: this.machine.files.root,
    clock: this.clock,
    spawn: () => expect.fail('a recorded tree must not be asked'),
  })

  remove(path: string): void {
    rmSync(join(this.machine.files.root, path), { recursive: true })
  }

  after(seconds: number): Frame {
    let frame = this.engine.tick(this.clock.wallMs(), this.clock.now)
    for (let second = 0; second < seconds; second++) {
      const samples = this.host.due(this.clock.now)
      frame = this.engine.accept({ wallMs: this.clock.wallMs(), monoMs: this.clock.now, samples })
      this.clock.now += 1000
    }
    return frame
  }

  [Symbol.dispose](): void {
    this.host.close()
    this.machine[Symbol.dispose]()
  }
}

const told = (frame: Frame) =>
  frame.events.filter(({ subject }) => subject !== 'healthtop').map(({ subject, text }) => `${subject} ${text}`)

test('a sensor, an interface and a mount that go away leave no values behind, and are told', () => {
  using watched = new Watched()
  const before = watched.after(20)
  expect(before.metrics.value('cpu_temperature_celsius')).toBe(41)
  expect(before.metrics.value('disk_used_ratio{mount="/data"}')).toBe(0.5)
  expect(told(before)).toEqual([])
  watched.remove(CHIP)
  watched.machine.write({ 'proc/net/dev': `${HEADING}${line('eth0')}`, 'proc/self/mounts': '/dev/a / ext4 ro 0 0\n' })
  const after = watched.after(6)
  expect(after.metrics.value('cpu_temperature_celsius')).toBeUndefined()
  expect(after.metrics.value('disk_used_ratio{mount="/data"}')).toBeUndefined()
  expect(after.metrics.value('network_receive_bytes_per_second{interface="eth1"}')).toBeUndefined()
  expect(after.metrics.value('network_receive_bytes_per_second{interface="eth0"}')).toBe(0)
  expect(told(after).sort()).toEqual(['/ became read-only', '/data went away', 'eth1 went away'])
  expect(after.failures).toEqual(before.failures)
})

test('a file that cannot be read any more: its values fade, the reason is known, the rest goes on', () => {
  using watched = new Watched()
  expect(watched.after(5).metrics.value('memory_used_ratio')).toBeDefined()
  watched.remove('proc/meminfo')
  const lost = watched.after(4)
  expect(lost.metrics.value('memory_used_ratio')).toBeUndefined()
  expect(lost.failures.memory).toMatch(/ENOENT/)
  expect(lost.metrics.value('cpu_temperature_celsius')).toBe(41)
  watched.machine.write({ 'proc/meminfo': 'MemTotal: 1000 kB\nMemFree: 400 kB\nMemAvailable: 750 kB\n' })
  const back = watched.after(1)
  expect(back.metrics.value('memory_used_ratio')).toBe(0.25)
  expect(back.failures).not.toHaveProperty('memory')
})
