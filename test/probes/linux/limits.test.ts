import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { limits, parseFileNr, parseTasks } from '../../../src/probes/linux/limits.ts'
import { ParseError } from '../../../src/probes/probe.ts'
import { has, measuredHere, onLinux, told } from './machine.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const FILES = {
  'proc/sys/fs/file-nr': '1200\t200\t10000\n',
  'proc/loadavg': '0.18 0.10 0.03 1/850 3615\n',
  'proc/sys/kernel/pid_max': '4194304\n',
  'proc/sys/kernel/threads-max': '1000\n',
  'proc/sys/net/netfilter/nf_conntrack_count': '65536\n',
  'proc/sys/net/netfilter/nf_conntrack_max': '262144\n',
}
const read = (files: Record<string, string>) => recorded((out) => limits.read(filesOf(files), out)).gauges

test('what is used, what there can be, and the share', () => {
  expect(read(FILES)).toEqual({
    files_open: 1000,
    files_limit: 10_000,
    files_used_ratio: 0.1,
    pids_used: 850,
    pids_limit: 1000,
    pids_used_ratio: 0.85,
    conntrack_entries: 65_536,
    conntrack_limit: 262_144,
    conntrack_used_ratio: 0.25,
  })
})

test('the lower of the two limits of processes counts, or the one that is known', () => {
  expect(read({ ...FILES, 'proc/sys/kernel/pid_max': '900\n' }).pids_limit).toBe(900)
  const { 'proc/sys/kernel/threads-max': _, ...others } = FILES
  expect(read(others).pids_limit).toBe(4_194_304)
  expect(read({ 'proc/loadavg': FILES['proc/loadavg'] })).toEqual({ pids_used: 850 })
})

test('a limit that is none has no share', () => {
  const { gauges } = recorded((out) => parseFileNr(bytes('5000\t0\t9223372036854775807\n'), out))
  expect(Object.keys(gauges)).toEqual(['files_open', 'files_limit'])
  expect(gauges.files_limit).toBeCloseTo(2 ** 63, -4)
  const none = read({ ...FILES, 'proc/sys/net/netfilter/nf_conntrack_max': '0\n' })
  expect(none).not.toHaveProperty('conntrack_used_ratio')
})

test('without the module, and without the files, there is nothing to tell', () => {
  const { 'proc/sys/net/netfilter/nf_conntrack_count': _, ...others } = FILES
  expect(Object.keys(read(others)).filter((series) => series.startsWith('conntrack'))).toEqual([])
  expect(read({})).toEqual({})
})

test.each([
  ['', 'allocated'],
  ['1200\t0', 'maximum'],
  ['1200\tx\t3', 'free'],
])('file-nr %j names the field that is no number', (text, field) => {
  const parse = () => recorded((out) => parseFileNr(bytes(text), out))
  expect(parse).toThrow(ParseError)
  expect(parse).toThrow(`proc/sys/fs/file-nr: ${field}`)
})

test.each(['', '0.1 0.2 0.3 2', '0.1 0.2 0.3 2/x 7'])('loadavg %j has no tasks', (text) => {
  expect(() => parseTasks(bytes(text))).toThrow(ParseError)
})

test('a limit that is no number is named', () => {
  expect(() => read({ ...FILES, 'proc/sys/kernel/pid_max': 'many\n' })).toThrow('proc/sys/kernel/pid_max')
})

test.runIf(onLinux && has('sysctl', '-n', 'fs.file-nr'))('this machine: limits are those that sysctl tells', () => {
  const sysctl = (name: string) => told('sysctl', '-n', name).trim().split(/\s+/).map(Number)
  const { gauges } = measuredHere(limits)
  const [open = Number.NaN, free = Number.NaN, most = Number.NaN] = sysctl('fs.file-nr')
  expect(gauges.files_limit).toBe(most)
  // Others open and close files between the two readings.
  expect(Math.abs((gauges.files_open ?? Number.NaN) - (open - free))).toBeLessThan(Math.max(500, open * 0.2))
  expect(gauges.pids_limit).toBe(Math.min(...sysctl('kernel.pid_max'), ...sysctl('kernel.threads-max')))
})

test.runIf(onLinux && has('sysctl', '-n', 'net.netfilter.nf_conntrack_max'))(
  'this machine: tracked connections',
  () => {
    const { gauges } = measuredHere(limits)
    expect(gauges.conntrack_limit).toBe(Number(told('sysctl', '-n', 'net.netfilter.nf_conntrack_max')))
    const entries = Number(told('sysctl', '-n', 'net.netfilter.nf_conntrack_count'))
    expect(Math.abs((gauges.conntrack_entries ?? Number.NaN) - entries)).toBeLessThan(Math.max(500, entries * 0.2))
  },
)

test.runIf(onLinux)('this machine: there are at least as many tasks as threads can be seen', () => {
  const threadsOf = (pid: string) => {
    try {
      return readdirSync(`/proc/${pid}/task`).length
    } catch {
      // It ended meanwhile.
      return 0
    }
  }
  const seen = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => sum + threadsOf(pid), 0)
  const used = measuredHere(limits).gauges.pids_used ?? Number.NaN
  expect(seen).toBeGreaterThan(1)
  expect(used).toBeGreaterThan(seen * 0.8)
})
