// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so a configuration names what is expanded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { mistakes } from '../types.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-mistakes-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'large'), 'x'.repeat(65_537))

const ENV = { TOKEN: 'a secret of its own', PORT: 'high', FAST: 'fast' }

/** A check in which the mistakes stand from line 5 on. */
const http = (...lines: string[]) =>
  ['checks:', '  - name: api', '    type: http', '    url: http://x/', ...lines.map((line) => `    ${line}`)].join('\n')
const exec = (...lines: string[]) =>
  ['checks:', '  - name: job', '    type: exec', '    command: [a]', ...lines.map((line) => `    ${line}`)].join('\n')
const two = (first: string, second: string) =>
  `checks:\n  - { name: a, type: tcp, host: x, port: 1, ${first} }\n  - { name: b, type: tcp, host: x, port: 1, ${second} }\n`

/** What is written, and every line that is told. */
const MISTAKES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'checks that are no list': ['checks: { a: 1 }', '1:1 checks: expected a list of checks, got a mapping'],
  'a check that is no mapping': [
    'checks:\n  - api\n',
    '2:5 checks[0]: expected a check such as { name: api, type: http }, got "api"',
  ],
  'an empty check': [
    'checks:\n  - {}\n',
    '2:5 checks[0].type: expected one of http, tcp, exec, got nothing',
    '2:5 checks[0].name: expected a name, got nothing',
  ],
  'no name': ['checks:\n  - type: tcp\n    host: x\n    port: 1\n', '2:5 checks[0].name: expected a name, got nothing'],
  'a name that is a number': [
    'checks:\n  - { name: 8080, type: tcp, host: x, port: 1 }',
    '2:7 checks[0].name: expected a name, got 8080',
  ],
  'a name with a control character': [
    'checks:\n  - { name: "a\\nb", type: tcp, host: x, port: 1 }',
    '2:7 checks[0].name: expected a name of at most 100 characters, without control characters and spaces around it',
  ],
  'a name that is too long': [
    `checks:\n  - { name: ${'n'.repeat(101)}, type: tcp, host: x, port: 1 }`,
    '2:7 checks[0].name: expected a name of at most 100 characters, without control characters and spaces around it',
  ],
  'a name twice': [
    'checks:\n  - { name: a, type: tcp, host: x, port: 1 }\n  - { name: a, type: tcp, host: x, port: 2 }',
    '3:7 checks[1].name: checks[0] has the name "a" already',
  ],
  'no type': [
    'checks:\n  - name: a\n    host: x\n',
    '2:5 checks[0].type: expected one of http, tcp, exec, got nothing',
  ],
  'a type that is misspelt': [
    'checks:\n  - name: a\n    type: htpt\n',
    '3:5 checks[0].type: there is no type "htpt"; did you mean http?',
  ],
  'a type that nobody knows': [
    'checks:\n  - name: a\n    type: carrier-pigeon\n',
    '3:5 checks[0].type: expected one of http, tcp, exec, got "carrier-pigeon"',
  ],
  'a type that is no text': [
    'checks:\n  - name: a\n    type: [http]\n',
    '3:5 checks[0].type: expected one of http, tcp, exec, got a list',
  ],
  'a type of a later version': [
    'checks:\n  - name: a\n    type: redis\n',
    '3:5 checks[0].type: redis comes with a later version of healthtop',
  ],
  'a type of a later version that is misspelt': [
    'checks:\n  - name: a\n    type: rediss\n',
    '3:5 checks[0].type: there is no type "rediss"; did you mean redis?; redis comes with a later version of healthtop',
  ],
  'common keys of a check whose type is wrong': [
    'checks:\n  - name: a\n    type: htpt\n    interval: fast\n    url: x\n',
    '3:5 checks[0].type: there is no type "htpt"; did you mean http?',
    '4:5 checks[0].interval: expected a duration such as 500ms, 3s or 1m, got "fast"',
  ],
  'a key that is misspelt': [
    http('timeot: 3s'),
    '5:5 checks[0].timeot: a check of type http has no "timeot"; did you mean timeout?',
  ],
  'a key of another type': [http('port: 80'), '5:5 checks[0].port: a check of type http has no "port"; tcp has it'],
  'a key that nobody knows': [
    http('colour: red'),
    '5:5 checks[0].colour: a check of type http has no "colour"; there is name, type, group, interval, timeout, retries, failures, successes, depends, labels, url, method, headers, user, password, insecure, expect',
  ],
  'a key further in that is misspelt': [
    http('expect:', '  statsu: 200'),
    '6:7 checks[0].expect.statsu: there is no "statsu" here; did you mean status?',
  ],
  'a key further in that nobody knows': [
    http('expect: { colour: red }'),
    '5:15 checks[0].expect.colour: there is no "colour" here; there is status, body, latency, certificate',
  ],
  'a key that has to be there': [
    'checks:\n  - name: api\n    type: http\n',
    '2:5 checks[0].url: expected a URL, got nothing',
  ],
  'several keys that have to be there': [
    'checks:\n  - name: db\n    type: tcp\n',
    '2:5 checks[0].host: expected a host name or an address, got nothing',
    '2:5 checks[0].port: expected a port from 1 to 65535, got nothing',
  ],
  'an interval that is no duration': [
    http('interval: fast'),
    '5:5 checks[0].interval: expected a duration such as 500ms, 3s or 1m, got "fast"',
  ],
  'an interval that is a bare number': [
    http('interval: 15'),
    '5:5 checks[0].interval: expected a duration such as 500ms, 3s or 1m, got 15',
  ],
  'an interval that is too short': [http('interval: 500ms'), '5:5 checks[0].interval: expected 1s to 1d, got "500ms"'],
  'an interval that is too long': [http('interval: 2d'), '5:5 checks[0].interval: expected 1s to 1d, got "2d"'],
  'a timeout that is no duration': [
    http('timeout: fast'),
    '5:5 checks[0].timeout: expected a duration such as 500ms, 3s or 1m, got "fast"',
  ],
  'a timeout that is too long': [
    http('interval: 1h', 'timeout: 6m'),
    '6:5 checks[0].timeout: expected at most 5m, got "6m"',
  ],
  'a timeout that is longer than the interval': [
    http('interval: 2s', 'timeout: 3s'),
    '6:5 checks[0].timeout: expected at most the interval, which is 2s, got "3s"',
  ],
  'a timeout that is longer than the interval that is usual': [
    http('timeout: 20s'),
    '5:5 checks[0].timeout: expected at most the interval, which is 15s unless said otherwise, got "20s"',
  ],
  'an interval that is shorter than the timeout of the defaults': [
    `defaults: { interval: 1m, timeout: 30s }\n${http('interval: 10s')}`,
    '6:5 checks[0].interval: expected at least the timeout, which is 30s, got "10s"',
  ],
  'a timeout of the defaults that is longer than their interval': [
    `defaults: { interval: 10s, timeout: 30s }\n${http()}`,
    '1:28 defaults.timeout: expected at most the interval, which is 10s, got "30s"',
  ],
  'too many retries': [http('retries: 11'), '5:5 checks[0].retries: expected a whole number from 0 to 10, got 11'],
  'half a retry': [http('retries: 0.5'), '5:5 checks[0].retries: expected a whole number from 0 to 10, got 0.5'],
  'no failures at all': [http('failures: 0'), '5:5 checks[0].failures: expected a whole number from 1 to 100, got 0'],
  'successes that are no number': [
    http('successes: many'),
    '5:5 checks[0].successes: expected a whole number from 1 to 100, got "many"',
  ],
  'dependencies that are no names': [
    http('depends: { a: b }'),
    '5:5 checks[0].depends: expected the name of a check, got a mapping',
  ],
  'a dependency that is no name': [
    http('depends: [1]'),
    '5:15 checks[0].depends[0]: expected the name of a check, got 1',
  ],
  'a dependency that is misspelt': [
    two('depends: [aple]', 'retries: 1').replace('name: b', 'name: apple'),
    '2:55 checks[0].depends[0]: there is no check "aple"; did you mean apple?',
  ],
  'a dependency that nobody knows': [http('depends: nobody'), '5:5 checks[0].depends: there is no check "nobody"'],
  'a check that depends on itself': [
    http('depends: [api]'),
    '5:15 checks[0].depends[0]: a check cannot depend on itself',
  ],
  'checks that depend on each other': [
    two('depends: [b]', 'depends: [a]'),
    '3:55 checks[1].depends[0]: depends on itself: a → b → a',
  ],
  'labels that are no mapping': [
    http('labels: [web]'),
    '5:5 checks[0].labels: expected labels and their values, such as { team: web }, got a list',
  ],
  'a label whose name Prometheus does not take': [
    http('labels: { my-team: web }'),
    '5:5 checks[0].labels: expected names of letters, digits and _ that begin with no digit, got "my-team"',
  ],
  'a label that is Prometheus’s own': [
    http('labels: { __name__: web }'),
    '5:5 checks[0].labels: expected names of letters, digits and _ that begin with no digit, got "__name__"',
  ],
  'a label that is a list': [
    http('labels: { team: [a] }'),
    '5:15 checks[0].labels.team: expected a text, a number, true, false or null, got a list',
  ],
  'a group that is misspelt': [
    `groups: { web: {} }\n${http('group: wep')}`,
    '6:5 checks[0].group: there is no group "wep"; did you mean web?',
  ],
  'a group where there are none': [
    http('group: web'),
    '5:5 checks[0].group: there is no group "web"; groups: says which there are',
  ],
  'a group that is no name': [http('group: [web]'), '5:5 checks[0].group: expected the name of a group, got a list'],
  'groups that are no mapping': [
    'groups: [web]',
    '1:1 groups: expected names of groups and their keys, such as { web: { interval: 30s } }, got a list',
  ],
  'a group that is no mapping': [
    'groups:\n  web: fast\n',
    '2:3 groups.web: expected keys of checks and their values, such as { interval: 30s }, got "fast"',
  ],
  'defaults that are no mapping': [
    'defaults: [1]',
    '1:1 defaults: expected keys of checks and their values, such as { interval: 30s }, got a list',
  ],
  'defaults of a type that are no mapping': [
    'defaults:\n  http: fast\n',
    '2:3 defaults.http: expected keys of checks and their values, such as { interval: 30s }, got "fast"',
  ],
  'a default that is misspelt': [
    'defaults:\n  intervall: 10s\n',
    '2:3 defaults.intervall: no type of checks has "intervall"; did you mean interval?',
  ],
  'a default that nobody knows': [
    'defaults: { colour: red }',
    '1:13 defaults.colour: no type of checks has "colour"; docs/config.md lists what each has',
  ],
  'a default that is each check’s own': [
    'defaults: { name: x }',
    '1:13 defaults.name: name is no default: every check says its own',
  ],
  'a default for a type of a later version': [
    'defaults: { redis: {} }',
    '1:13 defaults.redis: redis comes with a later version of healthtop',
  ],
  'a default of a type that is misspelt': [
    'defaults: { http: { metod: GET } }',
    '1:21 defaults.http.metod: a check of type http has no "metod"; did you mean method?',
  ],
  'a default of a type that another type has': [
    'defaults: { http: { port: 1 } }',
    '1:21 defaults.http.port: a check of type http has no "port"; tcp has it',
  ],
  'a default that is wrong, once for all that take it': [
    `defaults:\n  interval: fast\n  http: { method: PUSH }\n${http()}\n  - { name: b, type: http, url: x }\n`,
    '2:3 defaults.interval: expected a duration such as 500ms, 3s or 1m, got "fast"',
    '3:11 defaults.http.method: expected one of GET, POST, got "PUSH"',
  ],
  'a default that is wrong, though nobody takes it': [
    'defaults: { port: 99999 }',
    '1:13 defaults.port: expected a port from 1 to 65535, got 99999',
  ],
  'a default that only another type can take': [
    `defaults:\n  expect: ready\n${http()}\n  - { name: b, type: tcp, host: x, port: 1 }\n`,
    '2:3 defaults.expect: expected a mapping, got "ready" (for checks of type http)',
  ],
  'a key of a group that is wrong': [
    `groups:\n  web:\n    http:\n      headers: { Accept: [1] }\n${http('group: web')}`,
    '4:18 groups.web.http.headers.Accept: expected a text, got a list',
  ],
  'a part of a check that only it has, beside what a group has': [
    `groups: { web: { headers: { A: b } } }\n${http('group: web', 'headers: { B: 1 }')}`,
    '7:16 checks[0].headers.B: expected a text, got 1',
  ],
  'a text that is none': [http('user: [a]'), '5:5 checks[0].user: expected a text, got a list'],
  'a text that is empty': [http('user: ""'), '5:5 checks[0].user: expected a text, got ""'],
  'a switch that is neither on nor off': [
    http('insecure: yes'),
    '5:5 checks[0].insecure: expected true or false, got "yes"',
  ],
  'none of the choices': [http('method: PUT'), '5:5 checks[0].method: expected one of GET, POST, got "PUT"'],
  'a mapping that is none': [http('expect: 200'), '5:5 checks[0].expect: expected a mapping, got 200'],
  'names and values that are none': [
    http('headers: a'),
    '5:5 checks[0].headers: expected header names and their values, got "a"',
  ],
  'one of a list': [
    http('expect: { status: [200, 999] }'),
    '5:29 checks[0].expect.status[1]: expected a whole number from 100 to 599, got 999',
  ],
  'the one that stands for a list': [
    http('expect: { status: 999 }'),
    '5:15 checks[0].expect.status: expected a whole number from 100 to 599, got 999',
  ],
  'an empty list': [http('expect: { status: [] }'), '5:15 checks[0].expect.status: expected at least one, got a list'],
  'a list that is none': [
    exec('count: 1').replace('[a]', 'a'),
    '4:5 checks[0].command: expected a program and its arguments, got "a"',
  ],
  'a pattern that is none': [
    http('expect: { body: /a(/ }'),
    '5:15 checks[0].expect.body: expected a text or a /pattern/, got "/a(/": unterminated group',
  ],
  'a port that is none': [
    'checks:\n  - { name: a, type: tcp, host: x, port: 0 }',
    '2:36 checks[0].port: expected a port from 1 to 65535, got 0',
  ],
  'a host that is none': [
    'checks:\n  - { name: a, type: tcp, host: "a b", port: 1 }',
    '2:27 checks[0].host: expected a host name or an address, got "a b"',
  ],
  'a comparison that is none': [
    exec('count: several'),
    '5:5 checks[0].count: expected a comparison such as >=2 or <100, got "several"',
  ],
  'a comparison of sizes that is none': [
    exec('memory: "<1 houseful"'),
    '5:5 checks[0].memory: expected a comparison of sizes such as <1GiB, got "<1 houseful"',
  ],
  'a comparison of shares that is none': [
    exec('share: "<all"'),
    '5:5 checks[0].share: expected a comparison of shares such as <80%, got "<all"',
  ],
  'a comparison of durations that is none': [
    exec('age: ">long"'),
    '5:5 checks[0].age: expected a comparison of durations such as >5m, got ">long"',
  ],
  'a size that is none': [
    exec('size: large'),
    '5:5 checks[0].size: expected a size such as 512KiB or 2GB, got "large"',
  ],
  'a share that is none': [exec('ratio: half'), '5:5 checks[0].ratio: expected a share such as 80% or 0.8, got "half"'],
  'a variable that is not set': [
    http('user: "${API_TOKEN}"'),
    '5:5 checks[0].user: environment variable API_TOKEN is not set',
  ],
  'a variable that is not set, in the defaults': [
    `defaults: { headers: { A: "x \${API_TOKEN}" } }\n${http()}`,
    '1:24 defaults.headers.A: environment variable API_TOKEN is not set',
  ],
  'a name that no variable can have': [
    http("user: '${API-TOKEN}'"),
    '5:5 checks[0].user: expected ${NAME} or ${file:/path}, got "${API-TOKEN}"; a ${ that means itself is written $${',
  ],
  'an opening that nothing closes': [
    http("user: 'a ${TOKEN'"),
    '5:5 checks[0].user: "${TOKEN" has no }; a ${ that means itself is written $${',
  ],
  'a file that is not there': [
    http('user: "${file:/nowhere/at/all}"'),
    '5:5 checks[0].user: /nowhere/at/all is not there',
  ],
  'a file that is a folder': [http(`user: "\${file:${folder}}"`), `5:5 checks[0].user: ${folder} is a folder`],
  'a file that is too large': [
    http(`user: "\${file:${folder}/large}"`),
    `5:5 checks[0].user: ${folder}/large is larger than 64 KiB, which no secret is`,
  ],
  'a device that has no end': [
    http('user: "${file:/dev/zero}"'),
    '5:5 checks[0].user: /dev/zero is larger than 64 KiB, which no secret is',
  ],
  'a file without a folder': [
    http('user: "${file:token}"'),
    '5:5 checks[0].user: expected an absolute path such as /run/secrets/token, got "token"',
  ],
  'an expanded value that is wrong: what was written is quoted': [
    http('interval: "${FAST}"'),
    '5:5 checks[0].interval: expected a duration such as 500ms, 3s or 1m, got "${FAST}"',
  ],
  'an expanded value that is wrong, in the defaults': [
    `defaults: { tcp: { port: "\${PORT}" } }`,
    '1:20 defaults.tcp.port: expected a port from 1 to 65535, got "${PORT}"',
  ],
  'a name that would be secret': [
    'checks:\n  - { name: "${TOKEN}", type: tcp, host: x, port: 1 }',
    '2:7 checks[0].name: it is shown, and what comes from ${…} never is: write it out',
  ],
  'a label that would be secret': [
    http('labels: { team: web, key: "${TOKEN}" }'),
    '5:26 checks[0].labels.key: it is shown, and what comes from ${…} never is: write it out',
  ],
  'a dependency that would be secret': [
    two('depends: [b, "${TOKEN}"]', 'retries: 1'),
    '2:58 checks[0].depends[1]: it is shown, and what comes from ${…} never is: write it out',
    '2:58 checks[0].depends[1]: there is no check "${TOKEN}"',
  ],
  'an interval of the host that would be secret': [
    'interval: "${FAST}"',
    '1:1 interval: expected a duration such as 500ms, 3s or 1m, got "${FAST}"',
  ],
  'a section that is misspelt': ['check: []', '1:1 check: there is no "check" here; did you mean checks?'],
}

describe('every kind of mistake is told with its line, its column and what to write instead', () => {
  test.each(Object.entries(MISTAKES))('%s', async (_, [text, ...told]) => {
    expect(await mistakes(text, { env: ENV })).toEqual(told.map((line) => `healthtop.yaml:${line}`))
  })
})
