import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FILTER_KEYS } from '../../../src/model/process-filter/keys.ts'
import { parseFilter } from '../../../src/model/process-filter/parse.ts'
import { PROCESS_FIELDS, type ProcessField } from '../../../src/model/processes.ts'

const NOW_MS = 1_000_000_000
type Values = Partial<Record<ProcessField, number | string>>

const nginx: Values = {
  pid: 42,
  ppid: 1,
  name: 'nginx',
  command: 'nginx: worker process /etc/nginx.conf',
  user: 'www-data',
  state: 'S',
  unit: 'nginx.service',
  container: '',
  cgroup: '/system.slice/nginx.service',
  cpu: 0.25,
  memory: 2 * 1024 ** 3,
  threads: 12,
  nice: -5,
  time: 900,
  started: NOW_MS - 1_800_000,
  read: 1_500_000,
  io_class: 'best-effort 4',
}

function matches(text: string, values: Values = nginx): boolean {
  const { filter, error } = parseFilter(text)
  if (filter === undefined) throw new Error(`${text}: ${error.text}`)
  return filter.matches({ known: (field) => values[field] }, NOW_MS)
}

function error(text: string) {
  const parsed = parseFilter(text)
  if (parsed.error === undefined) throw new Error(`${text} is no error`)
  return { marked: text.slice(parsed.error.at, parsed.error.at + parsed.error.length), ...parsed.error }
}

test.each([
  '',
  '   ',
  'nginx',
  'NGINX worker',
  '"worker process"',
  'worker /etc/nginx',
  'user:www-data',
  'user:root,WWW-data',
  'pid:42',
  'pid:1,42',
  'pid:40-50',
  'pid:50-40',
  'ppid:1',
  'state:S',
  'state:s,r',
  'state:sleeping',
  'unit:nginx',
  'unit=nginx.service',
  'cgroup:system.slice',
  'io:best-effort',
  'io:"best-effort 4"',
  'cpu>20%',
  'cpu > 20%',
  'cpu>=25',
  'cpu=25%',
  'CPU<26%',
  'mem>1GiB',
  'mem>1.5G',
  'memory>=2GiB',
  'mem<2.2GB',
  'mem:1GiB-3GiB',
  'read>1MB/s',
  'read<=1.5MB',
  'threads>10',
  'age<1h',
  'age>29m',
  'started<1h',
  'time>10m',
  'time=900',
  'time>0s',
  'nice!=0',
  'nice:-5',
  'nice:-6--4',
  'nice<0',
  '/work(er|ing)/',
  '/NGINX: W/',
  '!apache',
  'not apache',
  'not not nginx',
  '!!nginx',
  '!(apache or postgres)',
  'apache or nginx',
  'apache | nginx',
  'apache|nginx',
  'apache || nginx',
  'nginx and worker',
  'apache or nginx and worker',
  '(apache or nginx) worker',
  'nginx !x!',
  'user!=root',
  'state!=Z,R',
  '/etc/nginx.conf',
  '"cpu>20%" or nginx',
])('`%s` leaves nginx', (text) => {
  expect(matches(text)).toBe(true)
})

test.each([
  'apache',
  'nginx apache',
  '"process worker"',
  'user:root',
  'user:www',
  'pid:4',
  'pid:43-50',
  'state:R',
  'state:t',
  'unit=nginx',
  'cpu>25%',
  'cpu<25%',
  'cpu!=25%',
  'mem<2GiB',
  'mem>2.2GB',
  'age>1h',
  'time>15m',
  '/^worker/',
  '!nginx',
  'apache or nginx and postgres',
  '(apache or nginx) postgres',
  'container:web',
  'state!=S,R',
])('`%s` does not leave nginx', (text) => {
  expect(matches(text)).toBe(false)
})

test('what is not known passes neither a comparison nor its negation', () => {
  for (const text of [
    'swap>0',
    'swap=0',
    'swap!=1',
    '!swap>0',
    '!(swap>0)',
    'not not swap>0',
    'user:root',
    '!user:root',
  ]) {
    expect(matches(text, {}), text).toBe(false)
  }
  expect(matches('swap>0 or nginx')).toBe(true)
  expect(matches('!(swap>0 nginx)')).toBe(false)
  expect(matches('!(swap>0 apache)')).toBe(true)
})

test('a process in no unit or container is in none of a name', () => {
  expect(matches('!container:web')).toBe(true)
  expect(matches('!unit:nginx', { cgroup: '/user.slice' })).toBe(true)
  expect(matches('!unit:nginx', {})).toBe(false)
})

test('states that differ in case only are told apart', () => {
  expect(matches('state:t', { state: 't' })).toBe(true)
  expect(matches('state:T', { state: 't' })).toBe(false)
  expect(matches('state:z', { state: 'Z' })).toBe(true)
})

test.each([
  ['cpu>', '', 'expected a percentage such as 20%'],
  ['user:', '', 'expected a user such as root'],
  ['user:root,', '', 'expected a user such as root'],
  ['pid:1,x', 'x', 'expected a number'],
  ['mem>many', 'many', 'expected a size such as 1GiB'],
  ['read>1m/h', '1m/h', 'expected a rate such as 1MB/s'],
  ['age<soon', 'soon', 'expected a duration such as 10m'],
  ['state:Q', 'Q', 'expected a state such as R, S, D or Z'],
  ['io:fast', 'fast', 'expected a class: idle, best-effort, realtime or none'],
  ['a usr:root', 'usr', 'there is no key usr: did you mean user?'],
  ['unti:x', 'unti', 'there is no key unti: did you mean unit?'],
  ['contain:x', 'contain', 'there is no key contain: did you mean container?'],
  ['https://x', 'https', 'there is no key https: quote what is to be searched for'],
  ['user>root', 'user', 'expected user: and a value'],
  ['cpu>1,2', '2', 'expected one value after >'],
  ['a >5', 'a', 'there is no key a: quote what is to be searched for'],
  ['>5', '>', 'expected a key such as cpu before >'],
  ['a or', '', 'expected a word or a key'],
  ['or a', 'or', 'expected a word or a key'],
  ['a | | b', '|', 'expected a word or a key'],
  ['a and and b', 'and', 'expected a word or a key'],
  ['!', '', 'expected a word or a key'],
  ['(a', '', 'expected a closing )'],
  ['a) b', ')', 'expected an opening ('],
  ['()', ')', 'expected a word or a key'],
  ['a "b', '"b', 'expected a closing "'],
  ['""', '""', 'expected text between the quotes'],
  ['x /(/', '/(/', 'expected a pattern: unterminated group'],
  ['/(a+)+b/', '/(a+)+b/', 'a repeated group must not repeat or choose within'],
  ['/a*b*c*d*/', '/a*b*c*d*/', 'at most 3 repeats in a pattern'],
])('`%s` is wrong at `%s`', (text, marked, expected) => {
  expect(error(text)).toMatchObject({ marked, text: expected })
})

test('a half-typed filter is wrong at its end', () => {
  expect(error('nginx cpu>').at).toBe('nginx cpu>'.length)
})

test('patterns that would take for ever are refused, calm ones are not', () => {
  for (const text of ['(a|a)*b', '((a*))*', '(a+){2,}', '([a-z]+)*x', '(a{2,})+', '(x+x+)+y', '(a)\\1']) {
    expect(parseFilter(`/${text}/`).error, text).toBeDefined()
  }
  for (const text of ['(foo|bar)', 'java.*-Xmx\\d+', '(abc)+', '[(+*]+', '\\(a+\\)+', 'a{1,3}', '(a|b)?']) {
    expect(parseFilter(`/${text}/`).error, text).toBeUndefined()
  }
})

test('the costliest pattern that is let through takes no minutes for a long command', () => {
  const command = 'a'.repeat(4096)
  const began = performance.now()
  expect(matches('/a*a*a*b/', { name: 'a', command })).toBe(false)
  expect(performance.now() - began).toBeLessThan(5000)
})

test('fields that must be known of all are those the filter asks about', () => {
  const needs = (text: string) => [...(parseFilter(text).filter?.needs ?? [])].sort()
  expect(needs('')).toEqual([])
  expect(needs('a "b" /c/')).toEqual(['command', 'name'])
  expect(needs('cpu>1% or (swap>0 and !age<1h)')).toEqual(['cpu', 'started', 'swap'])
  expect(needs('unit:a')).toEqual(['cgroup', 'unit'])
})

test('every field but the history has a key', () => {
  const keyed = new Set(FILTER_KEYS.map(({ field }) => field))
  expect(PROCESS_FIELDS.filter((field) => !keyed.has(field))).toEqual(['history'])
  const names = FILTER_KEYS.flatMap(({ name, aliases }) => [name, ...aliases])
  expect(new Set(names).size).toBe(names.length)
  for (const field of keyed) expect(names).toContain(field)
})

const pieces = fc.constantFrom(
  ...['cpu', 'user', 'pid', 'state', '>', '<=', '!=', ':', '=', '!', '(', ')', '|', '||', ' ', ',', '"', '/', '20%'],
  ...['1GiB', '-', 'or', 'and', 'not', 'nginx', '[', '+', '*', '\\', '\n', '{2,}', '^', '$', '🙂', '\u0000', '(?<a>'],
)

test('no text throws, and an error stands within it', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const { filter, error } = parseFilter(text)
      if (filter !== undefined) {
        expect(typeof filter.matches({ known: (field) => nginx[field] }, NOW_MS)).toBe('boolean')
        return
      }
      expect(error.at).toBeGreaterThanOrEqual(0)
      expect(error.at + error.length).toBeLessThanOrEqual(text.length)
      expect(error.text).not.toBe('')
    }),
    { numRuns: 3000 },
  )
})

test.each([
  '('.repeat(1500),
  '!'.repeat(1500),
  'a '.repeat(900),
  '/'.repeat(1900),
  `${'a|'.repeat(900)}a`,
  'x'.repeat(1e5),
])('a long text is a filter or an error', (text) => {
  expect(Object.keys(parseFilter(text))).toHaveLength(1)
})

test('a filter says the same as its parts do', () => {
  const words = fc.constantFrom('nginx', 'apache', 'worker', 'cpu>20%', 'cpu>30%', 'swap>0', 'user:www-data')
  const three = (text: string): boolean | undefined =>
    matches(text) ? true : matches(`!(${text})`) ? false : undefined
  fc.assert(
    fc.property(words, words, (a, b) => {
      const [one, other] = [three(a), three(b)]
      const both =
        one === false || other === false ? false : one === undefined || other === undefined ? undefined : true
      expect(three(`${a} ${b}`)).toBe(both)
      expect(three(`!(!(${a}) or !(${b}))`)).toBe(both)
    }),
  )
})
