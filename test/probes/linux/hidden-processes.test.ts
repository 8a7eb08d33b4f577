import { expect, test } from 'vitest'
import { hidesProcesses } from '../../../src/probes/linux/hidden-processes.ts'
import { filesOf } from './recorder.ts'

const proc = (options: string) => `22 27 0:21 / /proc rw,nosuid - proc proc ${options}\n`
const status = (groups: string, capabilities = '0000000000000000') =>
  `Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\nGroups:\t${groups}\nCapEff:\t${capabilities}\n`

test.each([
  ['rw', status('1000'), false],
  ['rw,hidepid=0', status('1000'), false],
  ['rw,hidepid=1', status('1000'), true],
  ['rw,hidepid=2', status('27 1000 '), true],
  ['rw,hidepid=invisible', status(' '), true],
  ['rw,gid=4,hidepid=2', status('4 27 1000'), false],
  ['rw,gid=4,hidepid=2', status('40 27 1000'), true],
  // Without a gid it is group 0 that may look.
  ['rw,hidepid=2', status('0 1000'), false],
  // Nobody's group opens this one.
  ['rw,gid=4,hidepid=ptraceable', status('4 1000'), true],
  ['rw,gid=4,hidepid=4', status('4 1000'), true],
  ['rw,hidepid=ptraceable', status('1000', '000001ffffffffff'), false],
  // Root in a container without CAP_SYS_PTRACE.
  ['rw,hidepid=2', status('1000', '00000000a80425fb'), true],
])('/proc mounted with %s', (options, text, hidden) => {
  expect(hidesProcesses(filesOf({ 'proc/self/mountinfo': proc(options), 'proc/self/status': text }))).toBe(hidden)
})

test('the last mount over /proc counts, other mounts of proc do not', () => {
  const mountinfo = `${proc('rw,hidepid=2')}${proc('rw')}23 27 0:22 / /srv/jail/proc rw - proc proc rw,hidepid=2\n`
  expect(hidesProcesses(filesOf({ 'proc/self/mountinfo': mountinfo, 'proc/self/status': status('1000') }))).toBe(false)
})

test('what no file tells is not known', () => {
  expect(hidesProcesses(filesOf({}))).toBeUndefined()
  expect(hidesProcesses(filesOf({ 'proc/self/mountinfo': proc('rw,hidepid=2') }))).toBeUndefined()
})
