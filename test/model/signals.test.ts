import { execFileSync } from 'node:child_process'
import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { SIGNALS, signalNumber, signalsOf } from '../../src/model/signals.ts'

const LINUX = process.platform === 'linux'

/** What bash calls the signals, by number: `15) SIGTERM`. */
function namesOfBash(): [string, number][] {
  const text = execFileSync('bash', ['-c', 'kill -l'], { encoding: 'utf8' })
  return [...text.matchAll(/(\d+)\) (SIG[A-Z\d+-]+)/g)].map(([, number, name]) => [name as string, Number(number)])
}

test('every signal bash knows is known by the same name and number, and no other', () => {
  const known = namesOfBash()
  expect(known.length).toBeGreaterThan(25)
  expect(known.map(([name]) => signalNumber(name))).toEqual(known.map(([, number]) => number))
  expect(SIGNALS.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
    known.map(([, number]) => number),
  )
})

test.runIf(LINUX)('usual names are those of kill(1)', () => {
  const text = execFileSync('/bin/kill', ['-L'], { encoding: 'utf8' })
  const known = [...text.matchAll(/(\d+) ([A-Z]+[A-Z\d]*)\s/g)].map(([, number, name]) => [
    `SIG${name}`,
    Number(number),
  ])
  expect(known.length).toBeGreaterThan(25)
  expect(known.map(([name]) => signalNumber(name as string))).toEqual(known.map(([, number]) => number))
})

test('what people use stands first, the rest by number, each once and with words', () => {
  const first = ['TERM', 'INT', 'HUP', 'STOP', 'CONT', 'QUIT', 'USR1', 'USR2', 'KILL'].map((name) => `SIG${name}`)
  expect(SIGNALS.slice(0, 9).map(({ name }) => name)).toEqual(first)
  const rest = SIGNALS.slice(9).map(({ number }) => number)
  expect(rest).toEqual([...rest].sort((one, other) => one - other))
  expect(new Set(SIGNALS.map(({ number }) => number)).size).toBe(SIGNALS.length)
  expect(new Set(SIGNALS.map(({ name }) => name)).size).toBe(SIGNALS.length)
  expect(SIGNALS.filter(({ help }) => help === '' || help.length > 48)).toEqual([])
  const named = Object.keys(constants.signals)
  // Each that Node names has words of its own.
  expect(SIGNALS.filter(({ name, help }) => named.includes(name) && help === 'ends it')).toEqual([])
})

test('numbers are those of the system: macOS has others, and no real-time signals', () => {
  const signals = signalsOf({ SIGUSR1: 30, SIGSTOP: 17, SIGINFO: 29, SIGIOT: 6, SIGABRT: 6, SIGTERM: 15 }, 'darwin')
  expect(signals.map(({ name, number }) => `${name} ${number}`)).toEqual([
    'SIGTERM 15',
    'SIGSTOP 17',
    'SIGUSR1 30',
    'SIGABRT 6',
    'SIGINFO 29',
  ])
})

test.runIf(LINUX).each([
  ['term', 15],
  ['SigHup', 1],
  ['9', 9],
  [64, 64],
  ['SIGIOT', 6],
  ['SIGPOLL', 29],
  ['RTMIN', 34],
  ['rtmin+30', 64],
  ['SIGRTMAX', 64],
  ['RTMAX-30', 34],
  ['RTMIN+31', undefined],
  ['RTMAX-31', undefined],
  ['RTMAX-1x', undefined],
  ['RTMIN+03', undefined],
  [32, undefined],
  [0, undefined],
  ['0', undefined],
  ['', undefined],
  ['SIG', undefined],
  ['toString', undefined],
])('the signal %s is %s', (signal, number) => {
  expect(signalNumber(signal)).toBe(number)
})
