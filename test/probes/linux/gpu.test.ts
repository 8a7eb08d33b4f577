import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { amdgpu } from '../../../src/probes/linux/amdgpu.ts'
import { gpu } from '../../../src/probes/linux/gpu.ts'
import { parseNvidia } from '../../../src/probes/nvidia-smi.ts'
import type { HostFiles } from '../../../src/probes/probe.ts'
import { createSlowRunner } from '../../../src/probes/slow-runner.ts'
import { filesOf, Recorder, recorded } from './recorder.ts'
import { SysfsTrees } from './sysfs-tree.ts'

const trees = new SysfsTrees()
const folders: string[] = []
afterEach(() => {
  trees.remove()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

const MEBIBYTE = 1024 * 1024

test('a line a processor: percent, MiB, degrees, watts; idle is 0, and what it cannot tell is absent', () => {
  const { gauges } = recorded((out) =>
    parseNvidia(
      'NVIDIA GeForce RTX 3080, 0, 1024, 10240, 54, 98.21\nTesla K80, [N/A], 63, 11441, 41, [Not Supported]\nTesla K80, 99, 64, 11441, 40, 70.5\n',
      out,
    ),
  )
  expect(gauges).toEqual({
    'gpu_used_ratio{gpu="NVIDIA GeForce RTX 3080"}': 0,
    'gpu_memory_used_bytes{gpu="NVIDIA GeForce RTX 3080"}': 1024 * MEBIBYTE,
    'gpu_memory_total_bytes{gpu="NVIDIA GeForce RTX 3080"}': 10_240 * MEBIBYTE,
    'gpu_temperature_celsius{gpu="NVIDIA GeForce RTX 3080"}': 54,
    'gpu_power_watts{gpu="NVIDIA GeForce RTX 3080"}': 98.21,
    'gpu_memory_used_bytes{gpu="Tesla K80"}': 63 * MEBIBYTE,
    'gpu_memory_total_bytes{gpu="Tesla K80"}': 11_441 * MEBIBYTE,
    'gpu_temperature_celsius{gpu="Tesla K80"}': 41,
    'gpu_used_ratio{gpu="Tesla K80 2"}': 0.99,
    'gpu_memory_used_bytes{gpu="Tesla K80 2"}': 64 * MEBIBYTE,
    'gpu_memory_total_bytes{gpu="Tesla K80 2"}': 11_441 * MEBIBYTE,
    'gpu_temperature_celsius{gpu="Tesla K80 2"}': 40,
    'gpu_power_watts{gpu="Tesla K80 2"}': 70.5,
  })
  expect(recorded((out) => parseNvidia('No devices were found\n', out)).gauges).toEqual({})
})

const CARD = { 'sys/class/drm/card0/device/vendor': '0x10de', 'sys/class/drm/card0-HDMI-A-1/status': 'connected' }
const ANSWER = 'NVIDIA T4, 7, 1, 2, 3, 4\n'

/** Turns of the probe on these files, with a program that gives `answer`; which of them asked it. */
async function turns(files: HostFiles, answer: string | undefined, count: number): Promise<number[]> {
  const asked: number[] = []
  for (let turn = 0; turn < count; turn++) {
    const run = async () => {
      asked.push(turn)
      return answer
    }
    await gpu.measure({ files, run, signal: new AbortController().signal }, new Recorder())
  }
  return asked
}

test('a card of NVIDIA, or its driver without a card, is asked at each turn', async () => {
  expect(await turns(trees.files(CARD), ANSWER, 3)).toEqual([0, 1, 2])
  expect(await turns(trees.files({ 'proc/driver/nvidia/version': 'NVRM' }), ANSWER, 3)).toEqual([0, 1, 2])
})

test('without one nobody is asked; without the program it is tried again every ten minutes', async () => {
  expect(await turns(trees.files({}), ANSWER, 200)).toEqual([])
  expect(await turns(trees.files({ 'sys/class/drm/card0/device/vendor': '0x1002' }), ANSWER, 200)).toEqual([])
  const tree = trees.open(CARD)
  expect(await turns(tree.files, undefined, 130)).toEqual([0, 60, 120])
  const later = trees.open({})
  await turns(later.files, ANSWER, 1)
  later.write(CARD)
  expect(await turns(later.files, ANSWER, 61)).toEqual([59, 60])
})

test('a card that sleeps is left asleep', async () => {
  const tree = trees.open({ ...CARD, 'sys/class/drm/card0/device/power/runtime_status': 'suspended' })
  expect(await turns(tree.files, ANSWER, 2)).toEqual([])
  tree.write({ 'sys/class/drm/card0/device/power/runtime_status': 'active' })
  expect(await turns(tree.files, ANSWER, 1)).toEqual([0])
})

/** A folder on PATH with an `nvidia-smi` that does this. */
function install(script: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'nvidia-'))
  folders.push(folder)
  const program = join(folder, 'nvidia-smi')
  writeFileSync(program, `#!/bin/sh\n${script}\n`)
  chmodSync(program, 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
}

async function sampleOf(files: HostFiles) {
  const runner = createSlowRunner([gpu], { ...files, root: '/' }, { wallMs: () => 0, monoMs: () => 0 })
  runner.due(0)
  await runner.settled(10_000)
  const [sample] = runner.due(1)
  runner.close()
  return sample
}

test('the program is asked for what is read, without units', async () => {
  // Its arguments come back as the name of the card.
  install('echo "$(echo "$*" | tr , " "), 7, 1, 2, 3, 4"')
  const asked =
    '--query-gpu=name utilization.gpu memory.used memory.total temperature.gpu power.draw --format=csv noheader nounits'
  expect(await sampleOf(filesOf(CARD))).toMatchObject({
    source: 'gpu',
    gauges: { [`gpu_used_ratio{gpu="${asked}"}`]: 0.07, [`gpu_power_watts{gpu="${asked}"}`]: 4 },
  })
})

test('a driver that does not answer is a failed sample that says so', async () => {
  install('echo "NVIDIA-SMI has failed because it could not communicate with the driver" >&2; exit 9')
  expect((await sampleOf(filesOf(CARD)))?.failed).toBe(
    'nvidia-smi: NVIDIA-SMI has failed because it could not communicate with the driver',
  )
})

const AMD = {
  'sys/class/drm/card1/device/vendor': '0x1002',
  'sys/class/drm/card1/device/gpu_busy_percent': '37',
  'sys/class/drm/card1/device/mem_info_vram_used': '1073741824',
  'sys/class/drm/card1/device/mem_info_vram_total': '8573157376',
  'sys/class/drm/card1/device/hwmon/hwmon4/temp1_input': '61000',
  'sys/class/drm/card1/device/hwmon/hwmon4/power1_average': '45000000',
}

test('cards of AMD tell by files; connectors and cards without figures are left out', () => {
  const files = trees.files({
    ...AMD,
    'sys/class/drm/card0/device/vendor': '0x8086',
    'sys/class/drm/card1-DP-1/status': 'connected',
    'sys/class/drm/renderD128/device/gpu_busy_percent': '37',
  })
  expect(recorded((out) => amdgpu.read(files, out)).gauges).toEqual({
    'gpu_used_ratio{gpu="amdgpu card1"}': 0.37,
    'gpu_memory_used_bytes{gpu="amdgpu card1"}': 1_073_741_824,
    'gpu_memory_total_bytes{gpu="amdgpu card1"}': 8_573_157_376,
    'gpu_temperature_celsius{gpu="amdgpu card1"}': 61,
    'gpu_power_watts{gpu="amdgpu card1"}': 45,
  })
})

test('a product has its name, a card that cannot tell its load tells the rest, one that sleeps is left asleep', () => {
  const { 'sys/class/drm/card1/device/gpu_busy_percent': _, ...silent } = AMD
  const named = trees.files({ ...silent, 'sys/class/drm/card1/device/product_name': 'AMD Instinct MI100' })
  const { gauges } = recorded((out) => amdgpu.read(named, out))
  expect(gauges['gpu_memory_total_bytes{gpu="AMD Instinct MI100"}']).toBe(8_573_157_376)
  expect(Object.keys(gauges).filter((key) => key.startsWith('gpu_used_ratio'))).toEqual([])
  const asleep = trees.files({ ...AMD, 'sys/class/drm/card1/device/power/runtime_status': 'suspended' })
  expect(recorded((out) => amdgpu.read(asleep, out)).gauges).toEqual({})
})
