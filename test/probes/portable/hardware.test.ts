import { expect, test } from 'vitest'
import { writeBattery } from '../../../src/probes/portable/battery.ts'
import { gpu, writeControllers } from '../../../src/probes/portable/gpu.ts'
import { worthAsking } from '../../../src/probes/portable/network.ts'
import { seldomInVain } from '../../../src/probes/portable/seldom.ts'
import type { HostFiles, SlowProbe } from '../../../src/probes/probe.ts'
import { filesOf, Recorder, recorded } from '../linux/recorder.ts'

const MEBIBYTE = 1024 * 1024

/** One turn of a probe, with a program that gives `answer`. */
async function turn(probe: SlowProbe, files: HostFiles, answer?: string): Promise<Recorder> {
  const out = new Recorder()
  await probe.measure({ files, run: async () => answer, signal: new AbortController().signal }, out)
  return out
}

test('a card of Windows, as the library merges it with nvidia-smi; one that nothing is told of is left out', () => {
  const out = recorded((to) =>
    writeControllers(
      [
        {
          model: 'NVIDIA GeForce RTX 3080',
          vram: 10_240,
          vramDynamic: false,
          memoryTotal: 10_240,
          memoryUsed: 1024,
          utilizationGpu: 7,
          temperatureGpu: 54,
          powerDraw: 98.21,
        },
        { model: 'Microsoft Basic Display Adapter', vram: 0, vramDynamic: false },
        { model: 'Intel(R) UHD Graphics', vram: 1024, vramDynamic: true },
        { model: 'Broken', vram: null, vramDynamic: false, utilizationGpu: Number.NaN },
      ],
      to,
    ),
  )
  const labels = '{gpu="NVIDIA GeForce RTX 3080"}'
  expect(out.gauges).toEqual({
    [`gpu_used_ratio${labels}`]: 0.07,
    [`gpu_memory_used_bytes${labels}`]: 1024 * MEBIBYTE,
    [`gpu_memory_total_bytes${labels}`]: 10_240 * MEBIBYTE,
    [`gpu_temperature_celsius${labels}`]: 54,
    [`gpu_power_watts${labels}`]: 98.21,
  })
})

test('an idle card tells its 0; a machine without the program tells nothing', async () => {
  const { gauges } = await turn(gpu, filesOf({}), 'NVIDIA T4, 0, 1, 2, 3, 4\n')
  expect(gauges['gpu_used_ratio{gpu="NVIDIA T4"}']).toBe(0)
  expect((await turn(gpu, filesOf({}))).gauges).toEqual({})
})

test('what finds nothing is asked every ten minutes, on each machine for itself, and at its pace once there is something', async () => {
  let asked = 0
  let there = false
  const probe = seldomInVain({
    ...gpu,
    measure: async (_context, out) => {
      asked++
      if (there) out.gauge('mains_online', 1)
    },
  })
  const files = filesOf({})
  const askedIn = async (turns: number, of: HostFiles) => {
    const before = asked
    for (let i = 0; i < turns; i++) await turn(probe, of)
    return asked - before
  }
  expect(await askedIn(20, files)).toBe(1)
  expect(await askedIn(1, filesOf({}))).toBe(1)
  there = true
  expect(await askedIn(5, files)).toBe(5)
})

test('a question that fails is no answer: it is asked again at the next turn', async () => {
  let asked = 0
  const failing = { ...gpu, measure: () => Promise.reject(new Error(`failed ${++asked}`)) }
  const probe = seldomInVain(failing)
  const files = filesOf({})
  await expect(turn(probe, files)).rejects.toThrow('failed 1')
  await expect(turn(probe, files)).rejects.toThrow('failed 2')
})

test('the library turns the mains of FreeBSD round', () => {
  // `hw.acpi.acline: 1` comes out as neither connected nor charging.
  const mains = { hasBattery: true, percent: 5, isCharging: false, acConnected: false, timeRemaining: 0 }
  const { gauges } = recorded((to) => writeBattery(mains, 'freebsd', to))
  expect(gauges).toEqual({
    'battery_charge_ratio{battery="battery"}': 0.05,
    'battery_reserve_ratio{battery="battery"}': 1,
    mains_online: 1,
  })
  const battery = { ...mains, isCharging: true, acConnected: true }
  expect(recorded((to) => writeBattery(battery, 'freebsd', to)).gauges).toMatchObject({
    'battery_reserve_ratio{battery="battery"}': 0.05,
    mains_online: 0,
  })
})

test('Windows is not asked about its loopback', () => {
  const names = ['Ethernet', 'vEthernet (WSL)', 'Loopback Pseudo-Interface 1']
  expect(worthAsking(names, 'win32')).toEqual(['Ethernet', 'vEthernet (WSL)'])
  expect(worthAsking(['lo', 'eth0'], 'linux')).toEqual(['lo', 'eth0'])
})
