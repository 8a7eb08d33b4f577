import { describe, expect, test } from 'vitest'
import { DataEntry, Queried } from './table.ts'

const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)

/** A table whose I/O has to be read anew in each scan, as that of a kernel has. */
class Machine extends Queried {
  /** Scans again, with what became of the processes; whose I/O was read in it. */
  next(entries: readonly DataEntry[] = this.table.entries as DataEntry[]): DataEntry[] {
    for (const entry of entries) entry.seen.delete('write')
    for (const entry of entries) entry.seen.delete('read')
    this.scan(entries)
    return entries.filter((entry) => entry.seen.has('write'))
  }
}

/** Processes that do nothing. */
const idle = (count: number) => Array.from({ length: count }, (_, at) => new DataEntry(at + 1, { cpu: 0, memory: at }))

describe('who began and who ended', () => {
  test('nobody after the first scan; then each once, the busiest and the largest first', () => {
    const shell = new DataEntry(1, { memory: 5 })
    const machine = new Machine([shell])
    expect(machine.queries.leaders()).toMatchObject({ started: [], ended: [] })
    const small = Object.assign(new DataEntry(2, { time: 0.1, name: 'sed' }), { mark: 'new' })
    const busy = Object.assign(new DataEntry(3, { time: 1.4, name: 'cc1', user: 'ada' }), { mark: 'new' })
    machine.next([shell, small, busy])
    expect(names(machine.queries.leaders().started)).toEqual(['cc1', 'sed'])
    expect(machine.queries.leaders().started[0]).toMatchObject({ pid: 3, user: 'ada' })
    Object.assign(small, { mark: 'ended', values: { ...small.values, memory: 1 } })
    Object.assign(busy, { mark: 'ended', values: { ...busy.values, memory: 9 } })
    machine.next()
    expect(machine.queries.leaders().started).toEqual([])
    expect(names(machine.queries.leaders().ended)).toEqual(['cc1', 'sed'])
    machine.next()
    expect(machine.queries.leaders().ended).toEqual([])
  })

  test('threads of the kernel come and go unseen, and of a storm twenty are told', () => {
    const machine = new Machine([])
    const storm = Array.from({ length: 500 }, (_, at) =>
      Object.assign(new DataEntry(at + 10), { mark: 'new' as const }),
    )
    const worker = Object.assign(new DataEntry(5, { time: 99 }), { mark: 'new' as const, kernel: true })
    machine.next([worker, ...storm])
    const { started } = machine.queries.leaders()
    expect(started).toHaveLength(20)
    expect(started.every(({ kernel }) => !kernel)).toBe(true)
  })
})

describe('who reads and writes', () => {
  test('the ten that do most, none that do nothing, and no thread of the kernel', () => {
    const writers = Array.from({ length: 12 }, (_, at) => new DataEntry(at + 1, { cpu: 0.1, write: at * 1e6, read: 0 }))
    const flusher = Object.assign(new DataEntry(99, { cpu: 0.5, write: 9e9 }), { kernel: true })
    const machine = new Machine([flusher, ...writers])
    const { write, read } = machine.queries.leaders()
    expect(write.map(({ pid }) => pid)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    expect(write[0]).toMatchObject({ writeBytesPerSecond: 11e6 })
    expect(read).toEqual([])
  })

  test('of a thousand processes few are read, and who used CPU is among them at once', () => {
    const entries = idle(1000)
    const machine = new Machine(entries)
    for (let scan = 0; scan < 3; scan++) machine.next()
    const writer = entries[700] as DataEntry
    writer.values = { ...writer.values, cpu: 0.01, write: 38e6 }
    const read = machine.next()
    expect(read).toContain(writer)
    expect(read.length).toBeLessThan(250)
    expect(machine.queries.leaders().write.map(({ pid }) => pid)).toEqual([701])
  })

  test('a thousand busy ones are no more to read, the busiest before the others', () => {
    const entries = Array.from({ length: 1000 }, (_, at) => new DataEntry(at + 1, { cpu: at / 1000, write: 1e6 }))
    const machine = new Machine(entries)
    for (let scan = 0; scan < 5; scan++) {
      const read = machine.next()
      expect(read.length).toBeLessThan(350)
      expect(read).toContain(entries[999])
    }
  })

  test('who writes without using CPU is found in his turn, and stays while he writes', () => {
    const entries = idle(1000)
    const writer = entries[623] as DataEntry
    writer.values = { ...writer.values, write: 1e6 }
    const machine = new Machine(entries)
    let scans = 0
    while (machine.queries.leaders().write.length === 0 && scans < 250) {
      machine.next()
      scans++
    }
    expect(machine.queries.leaders().write.map(({ pid }) => pid)).toEqual([624])
    for (let scan = 0; scan < 100; scan++) {
      machine.next()
      expect(machine.queries.leaders().write).toHaveLength(1)
    }
    writer.values = { ...writer.values, write: 0 }
    machine.next()
    expect(machine.queries.leaders().write).toEqual([])
  })

  test('what children wrote that came and went is what their parent writes', () => {
    const shell = Object.assign(new DataEntry(7, { cpu: 0.1, write: 1000, name: 'sh' }), {
      childTraffic: { read: 0, write: 9e6 },
    })
    const machine = new Machine([shell, new DataEntry(8, { cpu: 0.1, write: 2e6 })])
    expect(machine.queries.leaders().write.map(({ pid, writeBytesPerSecond }) => [pid, writeBytesPerSecond])).toEqual([
      [7, 9_001_000],
      [8, 2e6],
    ])
  })
})

test('who gave a reason is read in each scan, and while it gives no other in one of four', () => {
  // It was busy before the first scan, beside so many others that in these scans it has no turn.
  const once = new DataEntry(1001, { cpu: 0, time: 99, write: 0, read: 0 })
  const machine = new Machine([once, ...idle(900)])
  const reads = Array.from({ length: 10 }, () => machine.next().includes(once))
  expect(reads.slice(0, 2)).toEqual([true, true])
  expect(reads.slice(2).filter(Boolean)).toHaveLength(2)
  once.values = { ...once.values, write: 5e6 }
  const writing = Array.from({ length: 8 }, () => machine.next().includes(once))
  expect(writing.slice(4)).toEqual([true, true, true, true])
})
