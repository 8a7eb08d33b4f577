// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so a configuration names what is expanded.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { configWorkerPath, schemaUrl } from '../../src/commands/beside.ts'
import { loadInWorker } from '../../src/commands/reload/load-in-worker.ts'
import { PROGRAM } from './terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-config-'))
afterAll(() => rmSync(folder, { recursive: true }))
const BESIDE = { workerPath: join(dirname(PROGRAM), 'worker.cjs') }

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

function config(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, 'config', ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'home'), TOKEN: 'hunter2hunter2' },
  })
  return { stdout, stderr, status }
}

const GOOD = `defaults: { interval: 10s }
groups: { web: { labels: { team: web } }, db: {} }
checks:
  - name: api
    type: http
    url: https://localhost/
    group: web
    headers: { Authorization: "Bearer \${TOKEN}" }
  - { name: db, type: tcp, host: localhost, port: 5432, group: db }
alerts:
  - { name: api-down, check: { team: web }, for: 1m, severity: critical }
  - { name: cpu-busy, enabled: false }
`

test('validate counts what is right, and tells everything that is wrong with exit code 3', () => {
  const good = file('good.yaml', GOOD)
  const right = { stdout: 'good.yaml: 2 checks, 2 groups, 1 alert rule: nothing wrong\n', stderr: '', status: 0 }
  expect(config('validate', good)).toEqual(right)
  expect(config('validate', '-c', good)).toEqual(right)
  const wrong = Array.from({ length: 30 }, (_, at) => `  - { name: n${at}, type: tcp, host: x, prot: 1 }`)
  const { stdout, stderr, status } = config('validate', file('bad.yaml', `checks:\n${wrong.join('\n')}\n`))
  expect([stdout, status]).toEqual(['', 3])
  const lines = stderr.trimEnd().split('\n')
  expect(lines).toHaveLength(61)
  expect(lines.slice(0, 3)).toEqual([
    `healthtop: ${join(folder, 'bad.yaml')}:`,
    'bad.yaml:2:5 checks[0].port: expected a port from 1 to 65535, got nothing',
    'bad.yaml:2:37 checks[0].prot: a check of type tcp has no "prot"; did you mean port?',
  ])
})

test('show has the defaults in it and no secret', () => {
  const { stdout, status } = config('show', file('show.yaml', GOOD))
  expect(status).toBe(0)
  expect(stdout).toContain('Authorization: Bearer ${TOKEN}')
  expect(stdout).toContain('team: web')
  expect(stdout).not.toContain('hunter2')
  // What is shown can be used as it is.
  expect(config('validate', file('shown.yaml', stdout)).stdout).toContain('2 checks, 2 groups, 1 alert rule')
})

test('show --all has the built-in rules too, but for what is replaced or switched off', () => {
  const rules = (stdout: string) => [...stdout.matchAll(/^ {2}- name: ([\w-]+)\n/gm)].map(([, name]) => name)
  const own = rules(config('show', file('rules.yaml', GOOD)).stdout)
  expect(own).toEqual(['api', 'db', 'api-down', 'cpu-busy'])
  const { stdout, status } = config('show', '--all', file('rules.yaml', GOOD))
  expect(status).toBe(0)
  const all = rules(stdout)
  expect(all).toEqual(expect.arrayContaining(['api-down', 'disk-full', 'memory-low']))
  expect(all.filter((name) => name === 'cpu-busy')).toHaveLength(1)
  expect(stdout).toContain('- name: cpu-busy\n    enabled: false')
  expect(config('validate', file('all.yaml', stdout)).status).toBe(0)
  expect(config('validate', '--all', file('rules.yaml', GOOD)).stderr).toContain('--all belongs to config show')
})

test('path says which file is used, and where one is looked for', () => {
  const own = join(folder, 'home/healthtop/healthtop.yaml')
  const none = config('path')
  expect([none.stdout, none.status]).toEqual(['', 0])
  expect(none.stderr).toContain(`it is looked for in ${own} and /etc/healthtop/healthtop.yaml`)
  mkdirSync(dirname(own), { recursive: true })
  writeFileSync(own, '', { mode: 0o600 })
  expect(config('path')).toEqual({ stdout: `${own}\n`, stderr: '', status: 0 })
  expect(config('path', '/some/other.yaml').stdout).toBe('/some/other.yaml\n')
})

test('schema prints what is published beside the program', () => {
  const { stdout, status } = config('schema')
  expect(status).toBe(0)
  expect(stdout).toBe(readFileSync(fileURLToPath(schemaUrl(BESIDE)), 'utf8'))
  expect(JSON.parse(stdout).$defs.http.properties.url.description).toMatch(/\w/)
})

test('what is said wrongly is told with what to say instead', () => {
  for (const [args, told] of [
    [[], 'config: expected validate, show, path or schema, got nothing'],
    [['validte'], 'config: expected one of validate, show, path, schema, got "validte"; did you mean validate?'],
    [['validate', 'a', 'b'], 'config validate: expected one file, got "b" too'],
    [['validate', 'a', '-c', 'b'], 'config validate: expected one file, got "b" and "a"'],
    [['schema', 'a'], 'config schema: expected no file, got "a"'],
    [['validate', '/nowhere/at/all.yaml'], '/nowhere/at/all.yaml: there is no such file'],
  ] as const)
    expect(config(...args)).toEqual({ stdout: '', stderr: `healthtop: ${told}\n`, status: 3 })
})

test('a thread of its own loads a configuration again, or says why it cannot be used', async () => {
  const load = (path: string) => loadInWorker(configWorkerPath(BESIDE), path, new AbortController().signal)
  const good = await load(file('good.yaml', GOOD.replace('${TOKEN}', '${HOME}')))
  expect(good.kind === 'loaded' && good.loaded.definitions.map(({ name }) => name)).toEqual(['api', 'db'])
  const open = file('open.yaml', GOOD)
  chmodSync(open, 0o666)
  const refused = await load(open)
  expect(refused.kind === 'refused' && refused.error.first).toContain('others may write it')
})

test('a thread that cannot start, or is not wanted any more, is an answer too', async () => {
  const nobody = await loadInWorker(join(folder, 'none.cjs'), 'x.yaml', new AbortController().signal)
  expect(nobody.kind === 'refused' && nobody.error.first).toMatch(/^x\.yaml: cannot be loaded: /)
  const stop = new AbortController()
  const answer = loadInWorker(configWorkerPath(BESIDE), '/dev/null', stop.signal)
  stop.abort()
  expect((await answer).kind).toBe('refused')
})
