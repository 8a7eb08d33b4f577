import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStat, parseStatTail, StatReading, StatTail } from '../../../../src/probes/linux/processes/stat.ts'

const TAIL =
  ' S 1 4711 4711 0 -1 4194560 84852 1076763 9 177 736 1496 6948 4057 10 -10 13 0 2047 47337472 3816 18446744073709551615 1 1 0 0 0 0 0 4096 1256 0 0 0 17 3 0 5 42 0 0\n'

function parse(bytes: Buffer): { ok: boolean; reading: StatReading; comm: Buffer } {
  const reading = new StatReading()
  const ok = parseStat(bytes, bytes.length, reading)
  return { ok, reading, comm: bytes.subarray(reading.commStart, reading.commEnd) }
}

test('reads every field it needs', () => {
  const { ok, reading, comm } = parse(Buffer.from(`4711 (server_api)${TAIL}`))
  expect(ok).toBe(true)
  expect(comm.toString()).toBe('server_api')
  expect(reading).toMatchObject({
    pid: 4711,
    ppid: 1,
    kernel: false,
    minorFaults: 84_852,
    majorFaults: 9,
    userTicks: 736,
    systemTicks: 1496,
    ticks: 736 + 1496,
    priority: 10,
    nice: -10,
    threads: 13,
    startTicks: 2047,
    residentPages: 3816,
  })
  expect(String.fromCharCode(reading.state)).toBe('S')
})

test('the fields behind are read from the same bytes, and are not known where the line ends before', () => {
  const bytes = Buffer.from(`4711 (a) b)${TAIL}what was longer before`)
  const reading = new StatReading()
  const tail = new StatTail()
  parseStat(bytes, bytes.indexOf('what'), reading)
  parseStatTail(bytes, reading, tail)
  expect(tail).toEqual({ processor: 3, policy: 5, delayTicks: 42 })
  parseStat(bytes, bytes.indexOf(' 5 42'), reading)
  parseStatTail(bytes, reading, tail)
  expect(tail).toEqual({ processor: 3, policy: Number.NaN, delayTicks: Number.NaN })
})

test('PF_KTHREAD in the flags makes a kernel thread', () => {
  const { reading } = parse(
    Buffer.from(`2 (kthreadd) I 0 0 0 0 -1 ${0x208040} 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0 18446744073709551615\n`),
  )
  expect(reading.kernel).toBe(true)
})

test('a name may hold any bytes', () => {
  const name = fc.uint8Array({ minLength: 0, maxLength: 15 }).map((bytes) => Buffer.from(bytes))
  fc.assert(
    fc.property(
      fc.oneof(name, fc.constantFrom(...[') R 1 (', '))) ', '\n1 (x) Z 2', '', ' ('].map((text) => Buffer.from(text)))),
      (comm) => {
        const parsed = parse(Buffer.concat([Buffer.from('4711 ('), comm, Buffer.from(`)${TAIL}`)]))
        expect(parsed.ok).toBe(true)
        expect(Buffer.compare(parsed.comm, comm)).toBe(0)
        expect(parsed.reading.startTicks).toBe(2047)
      },
    ),
  )
})

test('what is no stat is refused, however it was cut', () => {
  const whole = `4711 (bash)${TAIL}`
  for (const text of [
    '',
    '4711',
    '4711 (bash',
    '4711 (bash)',
    '4711 (bash) S',
    '4711 (bash) S 1 2 x',
    `x (bash)${TAIL}`,
    ')(',
    '()',
  ]) {
    expect(parse(Buffer.from(text)).ok, text).toBe(false)
  }
  const reaching = whole.indexOf('3816')
  for (let length = 0; length <= reaching; length++) {
    expect(parseStat(Buffer.from(whole), length, new StatReading()), `${length} bytes`).toBe(false)
  }
})
