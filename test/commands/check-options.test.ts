import { expect, test } from 'vitest'
import { type CheckOptions, checkCheck, chosenOf, type RawCheckOptions } from '../../src/commands/check-options.ts'
import { UsageError } from '../../src/commands/options.ts'
import { checkDefinition } from '../checks/definitions.ts'

function given(...named: string[]): CheckOptions['given'] {
  return checkCheck({}, named).given
}

/** The sentence of a mistake. */
function mistake(named: readonly string[], raw: RawCheckOptions = {}): string {
  try {
    checkCheck(raw, named)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return ''
}

test('each scheme is a target that needs no configuration', () => {
  const targets = [
    ['https://localhost:8443/healthz', 'http', 'https://localhost:8443/healthz'],
    ['HTTP://localhost/', 'http', 'http://localhost/'],
    ['http+unix://%2Frun%2Fapp.sock/', 'http', 'http+unix://%2Frun%2Fapp.sock/'],
    ['tcp://localhost:5432', 'tcp', 'localhost:5432'],
    ['tcp://[::1]:5432', 'tcp', '[::1]:5432'],
    ['udp://127.0.0.1:53', 'udp', '127.0.0.1:53'],
    ['tls://localhost:8443', 'tls', 'localhost:8443'],
    ['tls://::1', 'tls', '[::1]:443'],
    ['ping://127.0.0.1', 'icmp', '127.0.0.1'],
    ['dns://localhost', 'dns', 'localhost'],
    ['dns://example.org@127.0.0.1', 'dns', 'example.org @127.0.0.1'],
    ['process:python', 'process', 'python'],
    ['systemd:nginx', 'systemd', 'nginx.service'],
    ['file:/var/run/app.pid', 'file', '/var/run/app.pid'],
    ['exec:/bin/true', 'exec', '/bin/true'],
  ]
  for (const [text, type, target] of targets) {
    const [definition, ...more] = given(String(text))
    expect([definition?.type, definition?.target, definition?.name, definition?.origin]).toEqual([
      type,
      target,
      target,
      'given',
    ])
    expect(more).toEqual([])
  }
})

test('one look has to do: no retries, down at the first failure', () => {
  expect(given('tcp://localhost:1')[0]).toMatchObject({ retries: 0, failures: 1, successes: 1, timeoutMs: 3000 })
  const { given: [timed] = [], timeoutMs, everyMs } = checkCheck({ timeout: '1m', every: '5s' }, ['tcp://localhost:1'])
  expect(timed).toMatchObject({ timeoutMs: 60_000, intervalMs: 5000 })
  expect([timeoutMs, everyMs]).toEqual([60_000, 5000])
})

test('what was said of the answer is read as its type reads it', () => {
  const expected = (target: string, expect: string) => checkCheck({ expect }, [target]).given[0]?.settings
  expect(expected('http://localhost/', '204')).toMatchObject({ expect: { status: ['204'] } })
  expect(expected('http://localhost/', 'ready')).toMatchObject({ expect: { body: { text: 'ready' } } })
  expect(expected('process:nginx', '>=2')).toMatchObject({ count: { op: '>=', value: 2 } })
  expect(expected('dns://localhost', '127.0.0.1')).toMatchObject({ expect: [{ text: '127.0.0.1' }] })
})

test('the same target is one check, and targets that read alike have names of their own', () => {
  expect(given('tcp://localhost:25', 'tcp://localhost:25', 'http://a/', 'http://a')).toHaveLength(2)
  const alike = given('ping://localhost', 'dns://localhost', 'ping://localhost', 'dns://localhost')
  expect(alike.map(({ name, target }) => [name, target])).toEqual([
    ['localhost', 'localhost'],
    ['dns localhost', 'localhost'],
  ])
})

test('what is no target is a name, or a label', () => {
  expect(checkCheck({}, ['api', 'team=web', 'nginx :8080', 'a=b=c', '=x', 'https:', 'my:check']).wanted).toEqual([
    { kind: 'name', name: 'api' },
    { kind: 'label', label: 'team', value: 'web' },
    { kind: 'name', name: 'nginx :8080' },
    { kind: 'label', label: 'a', value: 'b=c' },
    { kind: 'name', name: '=x' },
    { kind: 'name', name: 'https:' },
    { kind: 'name', name: 'my:check' },
  ])
})

test('every mistake says what to write instead', () => {
  expect(mistake([], { format: 'xml' })).toBe('--format: expected one of table, json, nagios, junit, got "xml"')
  expect(mistake([], { format: 'jsn' })).toContain('; did you mean json?')
  expect(mistake([], { timeout: 'fast' })).toBe('--timeout: expected a duration such as 500ms, 3s or 1m, got "fast"')
  expect(mistake([], { timeout: '6m' })).toBe('--timeout: expected 1ms to 5m, got "6m"')
  expect(mistake([], { every: '100ms' })).toBe('--every: expected 200ms to 1d, got "100ms"')
  expect(mistake([], { every: '2d' })).toBe('--every: expected 200ms to 1d, got "2d"')
  expect(mistake(['api'], { expect: '200' })).toBe(
    '--expect: says what a target must answer, as in healthtop check http://localhost/ --expect 204',
  )
  expect(mistake(['htps://localhost'])).toBe('htps://localhost: there is no check for htps:; did you mean https?')
  expect(mistake(['gopher://localhost'])).toMatch(
    /: there is no check for gopher:; there is .*\bhttp, https\b.*\btcp\b/,
  )
  expect(mistake(['redis://localhost'])).toBe(
    'redis: checks of this type come with a later version; tcp://HOST:PORT can be asked now',
  )
  expect(mistake(['tcp://localhost'])).toBe('tcp://localhost: expected tcp://host:port, got "localhost"')
  expect(mistake(['http://'])).toMatch(/^http:\/\/: expected https:\/\/host\/path, .*, got "http:\/\/"$/)
  expect(mistake(['process:/[/'])).toMatch(/^process:\/\[\/: expected process:NAME or process:\/PATTERN\/: /)
  expect(mistake(['process:nginx'], { expect: 'many' })).toBe(
    'process:nginx: --expect: expected how many, such as >=2, got "many"',
  )
})

test('what is told of a target that is wrong has no password in it', () => {
  const urls = [
    'http://u:s3cret@',
    'https://u:s3cret@[',
    'htp://u:s3cret@h/',
    'redis://u:s3cret@h',
    'tcp://u:s3cret@h:1',
  ]
  for (const url of [...urls, 'udp://u:s3cret@h:1', 'tls://u:s3cret@h', 'ping://u:s3cret@h', 'tcp://u:s3@cret@h:1'])
    expect(mistake([url]).replaceAll('s3@cret', 's3cret')).toMatch(/^(?!.*s3cret)./)
  const checks = [checkDefinition('api')]
  expect(() => chosenOf(checks, [{ kind: 'name', name: 'x//u:s3cret@h' }], false)).toThrow(/^(?!.*s3cret)there is no/)
})

test('whatever controls stand in a target are not told', () => {
  expect(mistake(['tcp://\u001b[31mx'])).not.toContain('\u001b')
  expect(mistake(['x\u001b[31m://h'])).toBe('')
})

const CHECKS = [
  checkDefinition('api', { labels: { team: 'web' }, group: 'front' }),
  checkDefinition('db', { labels: { team: 'data' } }),
  checkDefinition('mail'),
]
const names = (...wanted: string[]) =>
  chosenOf(CHECKS, checkCheck({}, wanted).wanted, wanted.length === 0).map(({ name }) => name)

test('names, labels and groups choose, in the order of the configuration, each once', () => {
  expect(names()).toEqual(['api', 'db', 'mail'])
  expect(names('mail', 'api', 'mail')).toEqual(['api', 'mail'])
  expect(names('team=web')).toEqual(['api'])
  expect(names('team=data', 'db', 'mail')).toEqual(['db', 'mail'])
  expect(names('group=front')).toEqual(['api'])
  // Only targets were given: no other check is meant.
  expect(chosenOf(CHECKS, [], false)).toEqual([])
})

test('a name or label that no check has says which there are', () => {
  expect(() => names('apj')).toThrow('there is no check "apj"; did you mean api?')
  expect(() => names('website')).toThrow('there is no check "website"; there is api, db, mail')
  expect(() => names('team=ops')).toThrow('no check has the label team=ops; there is team=web, team=data')
  expect(() => names('tier=1')).toThrow('no check has a label "tier"; there is team')
  expect(() => chosenOf([], [{ kind: 'name', name: 'x' }], false)).toThrow(
    'there is no check "x": none is configured and none was found; a target is a URL, process:NAME, file:PATH or systemd:UNIT',
  )
  const many = Array.from({ length: 20 }, (_, index) => checkDefinition(`check-${index}`))
  expect(() => chosenOf(many, [{ kind: 'name', name: 'zzzz' }], false)).toThrow(/check-11, and 8 more$/)
})
