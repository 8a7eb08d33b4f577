import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { CheckContext } from '../../src/checks/check.ts'
import { exec, execWith } from '../../src/checks/exec.ts'
import { alive, complaints, context, onPath, program, settingsOf, temporaryFolder } from './asking.ts'

/** Runs a plug-in that the test wrote. */
function run(text: string, written: object = {}, changes: Parameters<typeof context>[0] = {}) {
  const path = program(temporaryFolder(), 'check_it', text)
  return exec.run(settingsOf(exec, { command: [path], ...written }), context(changes))
}

async function pidIn(path: string): Promise<number> {
  const read = () => {
    try {
      return Number(readFileSync(path, 'utf8').trim())
    } catch {
      return Number.NaN
    }
  }
  await vi.waitFor(() => expect(read()).toBeGreaterThan(0), { timeout: 10_000 })
  return read()
}

const gone = (pid: number) => vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 5000 })

test.each([
  [0, { state: 'up' }],
  [1, { state: 'degraded', reason: 'warning', error: 'disk fills' }],
  [2, { state: 'down', reason: 'critical', error: 'disk fills' }],
  [3, { state: 'unknown', reason: 'unknown', error: 'disk fills' }],
  [4, { state: 'unknown', error: "check_it ended with status 4, which is none of a plug-in's: disk fills" }],
])('status %d', async (status, expected) => {
  const outcome = await run(`echo "disk fills | /=91%;80;90"; exit ${status}`)
  expect(outcome).toMatchObject(expected)
  expect(outcome.values).toEqual([{ label: '/', value: 91, unit: '%' }])
  expect(outcome.facts?.[0]).toEqual({ name: 'answer', value: 'disk fills' })
})

test('what a plug-in complains of stands for what it says nothing of', async () => {
  expect((await run('echo; echo "cannot open /dev/sdx" >&2; exit 3')).error).toBe('cannot open /dev/sdx')
  expect((await run('exit 2')).error).toBe('no output')
})

test('a plug-in that was ended says by what', async () => {
  expect(await run('echo half; kill -SEGV $$')).toMatchObject({
    state: 'unknown',
    reason: 'signal',
    error: 'check_it was ended by SIGSEGV: half',
  })
})

test('its environment holds nothing of ours but where programs lie and whose home', async () => {
  process.env.HEALTHTOP_SECRET = 'hush'
  const outcome = await run('env | sort | tr "\\n" " "', { env: { TOKEN: 'a b', LANG: 'C.UTF-8' } })
  delete process.env.HEALTHTOP_SECRET
  const names = outcome.facts?.[0]?.value.match(/\b[A-Z_]+(?==)/g)
  // The shell that runs it sets some itself.
  expect(names?.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(
    process.env.HOME === undefined ? ['LANG', 'PATH', 'TOKEN'] : ['HOME', 'LANG', 'PATH', 'TOKEN'],
  )
  expect(outcome.facts?.[0]?.value).toContain('LANG=C.UTF-8')
})

test('arguments are given as they are: no shell reads them', async () => {
  const path = program(temporaryFolder(), 'check_it', 'echo "$#:$1:$2"')
  const settings = settingsOf(exec, { command: [path, '$(id); rm -rf x', ''] })
  expect((await exec.run(settings, context())).facts?.[0]?.value).toBe('2:$(id); rm -rf x:')
})

test('it runs in its folder', async () => {
  const cwd = temporaryFolder()
  expect((await run('pwd', { cwd })).facts?.[0]?.value).toBe(cwd)
  expect((await run('pwd', { cwd: join(cwd, 'none') })).error).toMatch(/was to run in .*none, which is no folder here$/)
})

test('a program that is not there, or cannot be run, is told in words', async () => {
  const folder = temporaryFolder()
  const told = async (command: string) => {
    const outcome = await exec.run(settingsOf(exec, { command: [command] }), context())
    expect(outcome.state).toBe('unknown')
    return outcome.error
  }
  expect(await told('healthtop-no-such-plugin')).toBe('there is no program healthtop-no-such-plugin in PATH')
  expect(await told(`${folder}/none`)).toMatch(/^there is no program .*\/none, or not the interpreter/)
  const plain = join(folder, 'plain')
  writeFileSync(plain, 'echo hello\n', { mode: 0o644 })
  expect(await told(plain)).toMatch(/plain may not be run: it is not executable for this user$/)
  expect(await told(program(folder, 'lost', '#!/no/such/interpreter\n'))).toMatch(/lost, or not the interpreter/)
})

test('a plug-in that hangs is killed with all that it started', async () => {
  const folder = temporaryFolder()
  const controller = new AbortController()
  const memory: CheckContext['memory'] = new Map()
  const script = `trap "" TERM; sleep 600 & echo $! > ${folder}/child; echo $$ > ${folder}/self; wait`
  const ended = run(script, {}, { signal: controller.signal, memory })
  const rejected = expect(ended).rejects.toThrow('over')
  const [self, child] = [await pidIn(join(folder, 'self')), await pidIn(join(folder, 'child'))]
  expect([alive(self), alive(child)]).toEqual([true, true])
  controller.abort(new Error('over'))
  await rejected
  // Its own process is reaped by then: no zombie answers to its pid.
  await gone(self)
  await gone(child)
  expect(memory.size).toBe(0)
})

test('one that drips has no more time than its timeout', async () => {
  const ended = run('while :; do echo drop; sleep 0.05; done', {}, { timeoutMs: 500 })
  await expect(ended).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('who keeps the pipe of a plug-in that has ended does not keep the check', async () => {
  const folder = temporaryFolder()
  const outcome = await run(`sleep 600 & echo $! > ${folder}/child; echo done`)
  expect(outcome).toMatchObject({ state: 'up', facts: [{ value: 'done' }, {}] })
  await gone(await pidIn(join(folder, 'child')))
})

test('not even one that left the group', async () => {
  const folder = temporaryFolder()
  const outcome = await run(
    `setsid sh -c 'echo $$ > ${folder}/child; exec sleep 600' & while [ ! -s ${folder}/child ]; do sleep 0.02; done; echo done`,
  )
  const pid = await pidIn(join(folder, 'child'))
  try {
    expect(outcome).toMatchObject({ state: 'up', facts: [{ value: 'done' }, {}] })
    expect(alive(pid)).toBe(true)
  } finally {
    process.kill(pid)
  }
})

test('what closed its output goes on', async () => {
  const folder = temporaryFolder()
  const outcome = await run(`sleep 600 > /dev/null 2>&1 & echo $! > ${folder}/child; echo done`)
  const pid = await pidIn(join(folder, 'child'))
  try {
    expect(outcome.state).toBe('up')
    expect(alive(pid)).toBe(true)
  } finally {
    process.kill(pid)
  }
})

test('all that it wrote before its end is read, and no more than a megabyte', async () => {
  const outcome = await run('head -c 1000000 /dev/zero | tr "\\0" x; echo " | a=1"')
  expect(outcome).toMatchObject({ state: 'up', values: [{ label: 'a', value: 1 }] })
  const endless = await run('echo $$ ; exec yes')
  expect(endless).toMatchObject({
    state: 'unknown',
    reason: 'output',
    error: 'check_it wrote more than 1 MiB and was ended',
  })
  await gone(Number(endless.facts?.[0]?.value))
  expect(await run('echo fine; yes >&2')).toMatchObject({ state: 'unknown', reason: 'output' })
})

test('garbage is made safe', async () => {
  const outcome = await run("printf '\\033]0;title\\007\\377\\376ok\\r\\n'; exit 2")
  expect(outcome.error).toBe(']0;title\ufffd\ufffdok')
})

test('it is not started again while the kernel holds the last one', async () => {
  const memory: CheckContext['memory'] = new Map([['program.started', performance.now()]])
  const clock = { now: () => ({ wallMs: 0, monoMs: (memory.get('program.started') as number) + 180_000 }) }
  expect(await run('exit 0', {}, { memory, ...clock })).toMatchObject({
    state: 'unknown',
    error: expect.stringMatching(/check_it was started 3 min ago and cannot be ended: the kernel holds it$/),
  })
})

test('a plug-in on a mount that may hang is started by a program that can be left', async () => {
  const folder = temporaryFolder()
  const mountinfo = join(temporaryFolder(), 'mountinfo')
  writeFileSync(mountinfo, `40 25 0:40 / ${folder} rw shared:1 - nfs4 nas:/export rw\n`)
  const check = execWith({ mountinfo })
  const tools = temporaryFolder()
  program(tools, 'env', `echo asked >> ${tools}/asked; PATH="\${PATH#*:}" exec env "$@"`)
  onPath(tools)
  const path = program(folder, 'check_it', 'echo "$TOKEN $1 $PWD"; exit 2')
  const settings = settingsOf(check, { command: [path, '-w'], cwd: folder, env: { TOKEN: 'x' } })
  expect(await check.run(settings, context())).toMatchObject({ state: 'down', error: `x -w ${folder}` })
  expect(readFileSync(join(tools, 'asked'), 'utf8')).toBe('asked\n')
  await check.run(settingsOf(check, { command: ['true'] }), context())
  expect(readFileSync(join(tools, 'asked'), 'utf8')).toBe('asked\n')
})

test('nothing is started once it is over, and nothing is thought to run', async () => {
  const memory: CheckContext['memory'] = new Map()
  await expect(run('exit 0', {}, { signal: AbortSignal.abort(), memory })).rejects.toMatchObject({ name: 'AbortError' })
  expect(memory.size).toBe(0)
})

test('a command is a list', () => {
  const expected =
    'expected a list of the program and its arguments, such as [/usr/lib/nagios/plugins/check_disk, -w, 10%]'
  expect(complaints(exec, { command: 'check_disk -w 10%' })).toEqual([`command: ${expected}, got "check_disk -w 10%"`])
  expect(complaints(exec, { command: [] })).toContain(`command: ${expected}`)
  expect(complaints(exec, { command: ['x'], cwd: 'here' })).toEqual(['cwd: expected the full path of a folder'])
  expect(complaints(exec, { command: ['x'], env: { 'A=B': 'c' } })).toEqual([
    'env: expected names of variables, such as LANG',
  ])
  expect(complaints(exec, { command: ['x', 'a\0b'] })).toEqual(['command.1: expected a text without a NUL character'])
})

test('a target is split at spaces', () => {
  expect(exec.parseTarget('exec:/usr/lib/check_disk -w  10%', undefined)).toEqual({
    command: ['/usr/lib/check_disk', '-w', '10%'],
  })
  expect(exec.parseTarget('exec:///bin/true', undefined)).toEqual({ command: ['/bin/true'] })
  expect(() => exec.parseTarget('exec: ', undefined)).toThrow('expected exec:PROGRAM')
  expect(() => exec.parseTarget('exec:true', 'x')).toThrow('--expect: a plug-in judges by itself')
  expect(exec.target({ command: ['/bin/check', '-w', '5'] })).toBe('/bin/check -w 5')
})
