import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { runProgram } from '../../../src/lib/run-program.ts'
import type { Values } from '../../../src/model/sample.ts'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { clock, parseSynchronized, parseTracking, parseVariables } from '../../../src/probes/linux/clock.ts'
import { ParseError, type SlowContext } from '../../../src/probes/probe.ts'
import { has, onLinux, told } from './machine.ts'
import { filesOf, Recorder } from './recorder.ts'

const FOLLOWS =
  'A29FC801,162.159.200.1,4,1795562243.975830926,-0.000012345,0.000001632,0.000002360,331.898,0.004,0.154,0.373169000,0.024780000,64.2,Normal\n'
const ALONE =
  '00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.000000000,1.000000000,0.0,Not synchronised\n'
const ITSELF =
  '7F7F0101,,8,1795562243.975830926,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,0.000000000,0.000000000,0.0,Normal\n'

/** Programs there are, by what they write; an error is how they fail. */
type Programs = Readonly<Record<string, string | Error>>

async function measured(programs: Programs, files: Record<string, string> = {}, signal = new AbortController().signal) {
  const out = new Recorder()
  const asked: string[] = []
  const context: SlowContext = {
    files: filesOf(files),
    signal,
    run: async (program) => {
      asked.push(program)
      const answer = programs[program]
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  await clock.measure(context, out satisfies Values)
  return { gauges: out.gauges, asked }
}

test('the flag of timesyncd is enough: nobody is asked', async () => {
  expect(await measured({ chronyc: ALONE }, { 'run/systemd/timesync/synchronized': '' })).toEqual({
    gauges: { clock_synchronised: 1 },
    asked: [],
  })
})

test('the first that knows is believed; those whose daemon does not run are passed over', async () => {
  expect(await measured({ chronyc: FOLLOWS, timedatectl: 'no\n' })).toEqual({
    gauges: { clock_synchronised: 1, clock_offset_seconds: -0.000012345 },
    asked: ['chronyc'],
  })
  const dead = new Error('chronyc: ended with status 1')
  expect(await measured({ chronyc: dead, timedatectl: 'no\n', ntpq: 'leap=00, offset=1\n' })).toEqual({
    gauges: { clock_synchronised: 0 },
    asked: ['chronyc', 'timedatectl'],
  })
  expect(await measured({ chronyc: dead, timedatectl: dead, ntpq: 'leap=00, offset=-0.123\n' })).toEqual({
    gauges: { clock_synchronised: 1, clock_offset_seconds: -0.000123 },
    asked: ['chronyc', 'timedatectl', 'ntpq'],
  })
})

test('where nobody knows nothing is told', async () => {
  expect((await measured({})).gauges).toEqual({})
  expect((await measured({ chronyc: '', timedatectl: 'n/a\n', ntpq: '' })).gauges).toEqual({})
})

test('where none of the programs is there they are looked for once in ten turns', async () => {
  const asked: string[] = []
  let text: string | undefined
  const run = async (program: string) => {
    asked.push(program)
    return text
  }
  const context: SlowContext = { files: filesOf({}), signal: new AbortController().signal, run }
  const turn = async () => {
    const out = new Recorder()
    await clock.measure(context, out satisfies Values)
    return out.gauges
  }
  for (let turns = 0; turns < 10; turns++) await turn()
  expect(asked).toEqual(['chronyc', 'timedatectl', 'ntpq'])
  text = FOLLOWS
  expect(await turn()).toEqual({ clock_synchronised: 1, clock_offset_seconds: -0.000012345 })
  expect(await turn()).toEqual({ clock_synchronised: 1, clock_offset_seconds: -0.000012345 })
  // One that is there and knows nothing is asked each time.
  text = ''
  await turn()
  asked.length = 0
  await turn()
  expect(asked).toEqual(['chronyc', 'timedatectl', 'ntpq'])
})

test('the end of measuring is no answer', async () => {
  const ended = new Error('chronyc: was ended')
  await expect(measured({ chronyc: ended, timedatectl: 'yes' }, {}, AbortSignal.abort())).rejects.toBe(ended)
})

test('chrony', () => {
  expect(parseTracking(FOLLOWS)).toEqual({ synchronised: true, offsetSeconds: -0.000012345 })
  expect(parseTracking(ALONE)).toEqual({ synchronised: false })
  expect(parseTracking(ITSELF)).toEqual({ synchronised: false })
  expect(parseTracking('506 Cannot talk to daemon\n')).toBeUndefined()
  expect(() => parseTracking(FOLLOWS.replace('-0.000012345', 'slow'))).toThrow(ParseError)
})

test('systemd', () => {
  expect(parseSynchronized('yes\n')).toEqual({ synchronised: true })
  expect(parseSynchronized('no\n')).toEqual({ synchronised: false })
  expect(parseSynchronized('NTPSynchronized=yes\n')).toBeUndefined()
})

test('ntpd', () => {
  expect(parseVariables('leap=00, offset=12.5\n')).toEqual({ synchronised: true, offsetSeconds: 0.0125 })
  expect(parseVariables('leap=01,\r\noffset=+3\r\n')).toEqual({ synchronised: true, offsetSeconds: 0.003 })
  expect(parseVariables('leap=11, offset=0.000\n')).toEqual({ synchronised: false })
  expect(parseVariables('leap=00\n')).toEqual({ synchronised: true })
  expect(parseVariables('ntpq: read: Connection refused\n')).toBeUndefined()
  expect(() => parseVariables('leap=00, offset=x\n')).toThrow(ParseError)
})

test.runIf(onLinux)(
  'this machine: real programs are asked, and say what timedatectl says where it can be asked',
  async () => {
    const controller = new AbortController()
    const out = new Recorder()
    const files = new SystemFiles('/')
    const run = (program: string, args: readonly string[]) => runProgram(spawn, controller.signal, program, args)
    await clock.measure({ files, signal: controller.signal, run }, out)
    files.close()
    const systemd = ['show', '-p', 'NTPSynchronized', '--value']
    if (has('timedatectl', ...systemd)) {
      expect(out.gauges.clock_synchronised).toBe(told('timedatectl', ...systemd).trim() === 'yes' ? 1 : 0)
    } else if (!has('chronyc', '-c', 'tracking') && !has('ntpq', '-c', 'rv')) {
      expect(out.gauges).toEqual({})
    }
  },
)
