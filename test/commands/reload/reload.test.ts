import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FileStates, statesNow } from '../../../src/commands/reload/file-states.ts'
import { loadAgain } from '../../../src/commands/reload/load.ts'
import type { ReloadError, Reloaded } from '../../../src/commands/reload/messages.ts'
import { createReload, type Reload } from '../../../src/commands/reload/reload.ts'

let folder = ''
let path = ''
let reload: Reload | undefined
const loaded: Reloaded[] = []
const errors: ReloadError[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-reload-'))
  path = join(folder, 'healthtop.yaml')
  loaded.length = 0
  errors.length = 0
})
afterEach(() => {
  reload?.stop()
  rmSync(folder, { recursive: true })
})

const write = (text: string, to = path) => writeFileSync(to, text, { mode: 0o600 })
const check = (name: string) => `checks: [{ name: ${name}, type: tcp, host: localhost, port: 1 }]\n`
const names = () => loaded.map(({ definitions }) => definitions.map(({ name }) => name).join())

interface Loading {
  readonly files?: readonly string[]
  /** How the files were before they were read; as they are now unless given. */
  readonly states?: FileStates
  readonly settledMs?: number
  readonly load?: typeof loadAgain
}

function follow({ files = [], states, settledMs = 15, load = loadAgain }: Loading = {}): void {
  reload = createReload({
    path,
    states: states ?? statesNow([path, ...files]),
    workerPath: '',
    onConfig: (config) => void loaded.push(config),
    onError: (error) => void errors.push(error),
    everyMs: 5,
    settledMs,
    load: (file) => load(file, { HOME: '/' }),
  })
}

const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000, interval: 5 })

test('an edit is picked up, and one like the other', async () => {
  write(check('a'))
  follow()
  write(check('bb'))
  await until(() => loaded.length === 1)
  write(check('ccc'))
  await until(() => loaded.length === 2)
  expect(names()).toEqual(['bb', 'ccc'])
  expect(errors).toEqual([])
})

test('one that came after the file was read, and before it was followed, counts', async () => {
  const states = statesNow([path])
  write(check('a'))
  follow({ states })
  await until(() => loaded.length === 1)
  expect(names()).toEqual(['a'])
})

test('so is a file that an editor put in its place', async () => {
  write(check('a'))
  follow()
  write(check('b'), join(folder, 'new'))
  renameSync(join(folder, 'new'), path)
  await until(() => loaded.length === 1)
  expect(names()).toEqual(['b'])
})

test('a bad edit is told with its first problem and how many there are; a good one after it counts', async () => {
  write(check('a'))
  follow()
  write('checks: [{ name: a, type: tcp, host: localhost, port: none, tiemout: 1s }]\n')
  await until(() => errors.length === 1)
  expect(errors[0]).toEqual({
    first: 'healthtop.yaml:1:49 checks[0].port: expected a port from 1 to 65535, got "none"',
    count: 2,
  })
  write(check('b'))
  await until(() => loaded.length === 1)
  expect(names()).toEqual(['b'])
})

test('a file that others may write is refused each time', async () => {
  write(check('a'))
  follow()
  writeFileSync(join(folder, 'open'), check('b'))
  chmodSync(join(folder, 'open'), 0o666)
  renameSync(join(folder, 'open'), path)
  await until(() => errors.length === 1)
  expect(errors[0]?.first).toContain('others may write it')
})

test('a file that is gone is told, and one that is there again counts', async () => {
  write(check('a'))
  follow()
  rmSync(path)
  await until(() => errors.length === 1)
  expect(errors[0]).toEqual({ first: `${path}: there is no such file`, count: 1 })
  write(check('b'))
  await until(() => loaded.length === 1)
})

test('a file that comes to be where there was none counts', async () => {
  follow()
  write(check('a'))
  await until(() => loaded.length === 1)
})

test('a secret in a file that changes, and one in a file that was missing, is read again', async () => {
  const secret = join(folder, 'token')
  const text = `${check('a').replace('localhost', `"\${file:${secret}}"`)}`
  write(text)
  write('first\n', secret)
  follow({ files: [secret] })
  write('second\n', secret)
  await until(() => loaded.length === 1)
  expect(loaded[0]?.definitions[0]?.settings.host).toBe('second')
  expect(loaded[0]?.secrets).toEqual([{ value: 'second', shown: `\${file:${secret}}` }])
  rmSync(secret)
  await until(() => errors.length > 0)
  expect(errors[0]?.first).toContain(`${secret} is not there`)
  write('third\n', secret)
  await until(() => loaded.at(-1)?.definitions[0]?.settings.host === 'third')
})

test('what is written in pieces is read when it is whole', async () => {
  write(check('a'))
  const reads: number[] = []
  follow({
    settledMs: 500,
    load: (file, env) => {
      reads.push(1)
      return loadAgain(file, env)
    },
  })
  const text = `${check('b')}# ${'-'.repeat(40)}\n`
  for (let end = 0; end <= text.length; end += 5) {
    write(text.slice(0, end))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  write(text)
  await until(() => names().at(-1) === 'b')
  expect(errors).toEqual([])
  expect(reads).toEqual([1])
})

test('what a person says of the interval and of keys is in the result', async () => {
  write('')
  follow()
  write('interval: 2s\nkeys: { quit: x }\n')
  await until(() => loaded.length === 1)
  expect(loaded[0]?.intervalMs).toBe(2000)
  expect(loaded[0]?.keys?.find(({ command }) => command === 'quit')?.keys).toEqual(['x'])
  write('interval: 3s\n')
  await until(() => loaded.length === 2)
  expect(loaded[1]?.keys).toBeUndefined()
})

test('so are alert rules, those that are switched off, and how much of the log is kept', async () => {
  write('')
  follow()
  const rules = 'alerts: [{ name: busy, metric: load_1m, above: 4 }, { name: cpu-busy, enabled: false }]\n'
  write(`${rules}log: { keep: 2d }\n`)
  await until(() => loaded.length === 1)
  expect(loaded[0]?.alerts.map(({ name, origin }) => `${name} ${origin}`)).toEqual(['busy healthtop.yaml:1'])
  expect(loaded[0]?.disabled).toEqual(['cpu-busy'])
  expect(loaded[0]?.log).toMatchObject({ keepMs: 2 * 86_400_000 })
  write('interval: 3s\n')
  await until(() => loaded.length === 2)
  expect(loaded[1]).toMatchObject({ alerts: [], disabled: [] })
  expect(loaded[1]?.log).toBeUndefined()
})

test('once stopped nothing is told, not even what is being read', async () => {
  write(check('a'))
  let reading = false
  let answered = false
  let go = () => {}
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  follow({
    load: async (file, env) => {
      reading = true
      await gate
      const answer = await loadAgain(file, env)
      answered = true
      return answer
    },
  })
  write(check('b'))
  await until(() => reading)
  reload?.stop()
  go()
  await until(() => answered)
  await new Promise(setImmediate)
  expect([loaded, errors]).toEqual([[], []])
})

test('it is read again where somebody asks for it, though nothing has changed, and at once', async () => {
  write(check('a'))
  reload = createReload({
    path,
    states: statesNow([path]),
    workerPath: '',
    onConfig: (config) => void loaded.push(config),
    onError: (error) => void errors.push(error),
    // Nobody would look by itself while this test runs.
    everyMs: 3_600_000,
    load: (file) => loadAgain(file, { HOME: '/' }),
  })
  reload.again()
  await until(() => loaded.length === 1)
  write('checks: [')
  reload.again()
  await until(() => errors.length === 1)
  write(check('b'))
  reload.again()
  await until(() => loaded.length === 2)
  expect(names()).toEqual(['a', 'b'])
})
