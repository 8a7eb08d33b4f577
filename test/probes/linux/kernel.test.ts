import { expect, test } from 'vitest'
import { metricOf } from '../../../src/model/catalogue/catalogue.ts'
import { cpu } from '../../../src/probes/linux/cpu.ts'
import { kernelSeries, parseKernel } from '../../../src/probes/linux/kernel.ts'
import { ParseError } from '../../../src/probes/probe.ts'
import { has, lineOf, measuredHere, onLinux, told } from './machine.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

/** 256 cores and 4,000 interrupts: 20 KB of cores before a line of 30 KB. */
const cores = Array.from({ length: 256 }, (_, core) => `cpu${core} 7 0 7 700 1 0 1 0 0 0`).join('\n')
const LARGE = `cpu  1792 0 1792 179200 256 0 256 0 0 0
${cores}
intr 918273645546 ${'123456 '.repeat(4000)}0
ctxt 8273730000
btime 1700000000
processes 4711
procs_running 2
procs_blocked 3
softirq 11 2 3 6
`
const without = (line: string) => LARGE.replace(new RegExp(`^${line} .*\n`, 'm'), '')

test('the first number of a line counts, on a large machine too', () => {
  expect(recorded((out) => parseKernel(bytes(LARGE), out)).counters).toEqual({
    interrupts_total: 918273645546,
    context_switches_total: 8273730000,
    forks_total: 4711,
    softirqs_total: 11,
  })
})

test.each([
  ['intr', 'interrupts_total'],
  ['ctxt', 'context_switches_total'],
  ['processes', 'forks_total'],
  ['softirq', 'softirqs_total'],
])('a kernel without %s has the others', (line, series) => {
  const { counters } = recorded((out) => parseKernel(bytes(without(line)), out))
  expect(Object.keys(counters).sort()).toEqual(kernelSeries.filter((one) => one !== series).sort())
})

test.each(['intr', 'ctxt', 'processes', 'softirq'])('a line %s without a number is named', (line) => {
  const broken = LARGE.replace(new RegExp(`^${line} .*$`, 'm'), `${line} many`)
  const read = () => recorded((out) => parseKernel(bytes(broken), out))
  expect(read).toThrow(ParseError)
  expect(read).toThrow(`proc/stat: ${line}: expected a number, got "many"`)
})

test('the file is read once for the cores and the kernel', () => {
  let reads = 0
  const files = filesOf({ 'proc/stat': LARGE })
  const { counters, gauges } = recorded((out) =>
    cpu.read(
      {
        ...files,
        read: (path) => {
          reads++
          return files.read(path)
        },
      },
      out,
    ),
  )
  expect(reads).toBe(1)
  expect(gauges).toEqual({ processes_blocked: 3 })
  expect(counters).toMatchObject({ forks_total: 4711, cpu_user_seconds_total: 17.92 })
})

test('every rate has its counter', () => {
  for (const name of ['context_switches', 'forks', 'interrupts']) {
    expect(metricOf(`${name}_per_second`)?.derivation).toEqual({ kind: 'rate', of: `${name}_total` })
  }
})

test.runIf(onLinux && has('vmstat', '-s'))('this machine: what vmstat tells before and after lies around it', () => {
  const read = () => {
    const text = told('vmstat', '-s')
    const of = (words: string) => Number(new RegExp(`(\\d+) ${words}$`, 'm').exec(text)?.[1])
    return { interrupts: of('interrupts'), switches: of('CPU context switches'), forks: of('forks') }
  }
  const before = read()
  const softirqs = lineOf('/proc/stat', 'softirq')
  const { counters } = measuredHere(cpu)
  const after = read()
  const between = (value: number | undefined, low: number, high: number) => {
    expect(low).toBeGreaterThan(0)
    expect(value).toBeGreaterThanOrEqual(low)
    expect(value).toBeLessThanOrEqual(high)
  }
  between(counters.interrupts_total, before.interrupts, after.interrupts)
  between(counters.context_switches_total, before.switches, after.switches)
  between(counters.forks_total, before.forks, after.forks)
  between(counters.softirqs_total, softirqs, lineOf('/proc/stat', 'softirq'))
})
