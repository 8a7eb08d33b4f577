import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { CheckDefinition } from '../../../src/model/check.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { checkCommand, shellWord } from '../../../src/ui/commands/check-copy.ts'
import { entriesOf, usable } from '../../../src/ui/commands/entries.ts'
import { press } from '../../../src/ui/commands/press.ts'
import { helpSections } from '../../../src/ui/help-items.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { INITIAL, type ViewState } from '../../../src/ui/state.ts'
import { definitionOf, SERVICES } from '../../fixtures/checks.ts'
import { frameOf } from '../../fixtures/frame.ts'

const PAGE: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'check-latency', check: { name: 'api' } }
const frame = frameOf({ checks: SERVICES })
const can = new Set(['check_now'] as const)

const stepOn = (state: ViewState, key: string, at: Frame = frame, able: ReadonlySet<'check_now'> = can) =>
  press(state, { frame: at, list: { total: 9, visible: 5 }, can: able, keys: KEYS, key: { name: key, text: key } })

describe('c', () => {
  test('asks this check now, and says so at once', () => {
    const { state, effect } = stepOn(PAGE, 'c')
    expect(effect).toEqual({ kind: 'send', command: { kind: 'check_now', names: ['api'] }, done: 'checking api' })
    expect(state).toMatchObject({ notice: 'checking api', check: { name: 'api' } })
  })
  test('means nothing where the source cannot do it', () => {
    expect(stepOn(PAGE, 'c', frame, new Set()).effect).toBeUndefined()
  })
  test('of a check that was removed there is nothing to ask or to copy', () => {
    const gone = frameOf({ checks: [] })
    for (const key of ['c', 'y']) {
      expect(stepOn(PAGE, key, gone).effect).toBeUndefined()
      expect(stepOn(PAGE, key, gone).state.notice).toBe('it is not checked any more')
    }
  })
})

describe('the next check', () => {
  const walk = (keys: readonly string[], from = PAGE) =>
    keys.reduce((state, key) => stepOn(state, key).state, from).check?.name
  test('is that of the list, trouble first, and round its end', () => {
    // mail is down, api and shop.example are degraded, the others stand behind by their names.
    expect(walk(['n'])).toBe('shop.example')
    expect(walk(['Left'])).toBe('mail')
    expect(walk(['N', 'N'])).not.toBe('api')
    expect(walk(['Right', 'Left'])).toBe('api')
    expect(walk(SERVICES.map(() => 'n'))).toBe('api')
  })
  test('is one that the filter of the list leaves, and the list stands on it', () => {
    const filtered = { ...PAGE, services: { ...PAGE.services, filter: 'type:http' } }
    expect(walk(['n', 'n'], filtered)).toBe('intranet')
    expect(stepOn(filtered, 'n').state.services.selected).toBe('shop.example')
  })
  test('begins with its lists at their tops', () => {
    const lists = { 'check-headers': { selected: 3, offset: 2 }, processes: { selected: 7, offset: 0 } }
    expect(stepOn({ ...PAGE, lists }, 'n').state.lists).toEqual({ processes: { selected: 7, offset: 0 } })
  })
  test('of one there is no other', () => {
    const only = frameOf({ checks: SERVICES.slice(0, 1) })
    expect(stepOn(PAGE, 'n', only).state).toMatchObject({
      check: { name: 'api' },
      notice: 'there is no other check in the list',
    })
  })
  test('of one that was removed is the first', () => {
    expect(stepOn({ ...PAGE, check: { name: 'removed' } }, 'n').state.check?.name).toBe('mail')
  })
})

describe('what y copies', () => {
  const of = (type: string, target: string, parts: Partial<CheckDefinition> = {}) =>
    checkCommand(definitionOf('name', { type, target, origin: 'discovered', ...parts })).text
  test('of an HTTP check a curl command, with no setting but a harmless method', () => {
    expect(stepOn(PAGE, 'y').effect).toEqual({
      kind: 'copy',
      text: 'curl -sS -i -- https://localhost:8443/healthz',
      done: 'curl command of api copied',
    })
    const settings = {
      method: 'post',
      headers: { authorization: 'Bearer hunter2' },
      auth: { basic: { user: 'me', password: 'hunter2' } },
      body: 'hunter2',
    }
    expect(of('http', 'http://h/', { settings })).toBe('curl -sS -i -- http://h/')
    expect(of('http', 'http://h/', { settings: { method: 'head' } })).toBe('curl -sS --head -- http://h/')
    expect(of('http', 'http://h/', { settings: { method: 'OPTIONS' } })).toBe('curl -sS -i -X OPTIONS -- http://h/')
    expect(of('http', 'http://h/x at /run/app.sock')).toBe('curl -sS -i --unix-socket /run/app.sock -- http://h/x')
    expect(of('http', 'http+unix:///run/a.sock')).toBe('healthtop check http+unix:///run/a.sock')
    expect(of('http', 'http://h/', { settings: { method: '$(reboot)' } })).toBe('curl -sS -i -- http://h/')
  })
  test('of others what healthtop is asked on the command line', () => {
    expect(of('tcp', '127.0.0.1:25')).toBe('healthtop check tcp://127.0.0.1:25')
    expect(of('tls', '[::1]:636')).toBe("healthtop check 'tls://[::1]:636'")
    expect(of('icmp', '10.0.4.1')).toBe('healthtop check ping://10.0.4.1')
    expect(of('dns', 'shop.example AAAA @10.0.4.1')).toBe('healthtop check dns://shop.example@10.0.4.1')
    expect(of('process', 'process nginx')).toBe('healthtop check process:nginx')
    expect(of('systemd', 'docker.service')).toBe('healthtop check systemd:docker.service')
    expect(of('file', '/var/run/app.pid')).toBe('healthtop check file:/var/run/app.pid')
  })
  test('of a check of the configuration its name, which brings its settings along', () => {
    const configured = (name: string) => checkCommand(definitionOf(name, { type: 'tcp', origin: 'configured' })).text
    expect(configured('mail')).toBe('healthtop check mail')
    expect(configured('my mail')).toBe("healthtop check 'my mail'")
    expect(configured('-x')).toBe('healthtop check -- -x')
  })
  test('a shell reads each word as it was', () => {
    const words = [
      "it's",
      '$HOME',
      '`id`',
      '$(id)',
      '"',
      '\\',
      'a b',
      '*',
      '~',
      '!!',
      ';',
      '&&',
      '',
      "'; touch x; '",
      'é日',
    ]
    const script = `printf '%s\\n' ${words.map(shellWord).join(' ')}`
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`)
    const url = `https://h/?q=${words.join('')}`
    const command = of('http', url).replace(/^curl /, "printf '%s\\n' ")
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n').at(-2)).toBe(url)
  })
})

describe('what lists keys', () => {
  test('the palette has what can be done here, by the names of the panels too', () => {
    const labels = entriesOf(PAGE, usable(KEYS, can)).map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(['check now', 'copy command', 'next check', 'panel: Certificate']))
    expect(labels).not.toContain('panel: CPU')
    expect(labels.filter((label) => label.startsWith('sort:'))).toEqual([])
    const headers = entriesOf(PAGE, KEYS).find(({ label }) => label === 'panel: Headers')
    expect(headers?.keys).toEqual(['8'])
  })
  test('the help has them under a heading of their own', () => {
    const lines = (state: ViewState) =>
      helpSections(state, KEYS, '')
        .find(({ title }) => title === 'Checking')
        ?.items.map(({ help, keys }) => `${help} ${keys.flat().join(' ')}`)
    expect(lines(PAGE)).toContain('ask it now, out of turn c')
    expect(lines(PAGE)).toContain('next, previous check n Right N Left')
    // Elsewhere what other headings tell already is left out.
    const { check: _, ...home } = PAGE
    expect(lines(home)).toEqual(['copy as a command line y', 'next, previous check n Right N Left'])
  })
})
