import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseCgroup } from '../../../../src/probes/linux/processes/cgroup.ts'

const ID = '6dfe98d7b6976ff26153db933b1a31e76dfe98d7b6976ff26153db933b1a31e7'
const SHORT = '6dfe98d7b697'

test.each([
  ['0::/system.slice/nginx.service', { path: '/system.slice/nginx.service', unit: 'nginx.service' }],
  ['0::/system.slice/system-getty.slice/getty@tty1.service', { unit: 'getty@tty1.service' }],
  ['0::/user.slice/user-1000.slice/session-4.scope', { unit: 'session-4.scope' }],
  ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/gnome-x.scope/inner', { unit: 'gnome-x.scope' }],
  ['0::/system.slice/postgresql@14\\x2dmain.service', { unit: 'postgresql@14-main.service' }],
  ['0::/system.slice/caf\\xc3\\xa9.service', { unit: 'café.service' }],
  ['0::/system.slice/_cpu.service', { unit: 'cpu.service' }],
  ['0::/system.slice/run-data.mount', { unit: 'run-data.mount' }],
  ['0::/system.slice/docker.socket', { unit: 'docker.socket' }],
  ['0::/init.scope', { unit: 'init.scope' }],
  ['0::/system.slice/old.service (deleted)', { path: '/system.slice/old.service', unit: 'old.service' }],
  ['0::/', { path: '/' }],
  ['0::/../../evil\x1b[2J', { path: '/../../evil[2J' }],
])('v2: %s', (text, expected) => {
  expect(parseCgroup(`${text}\n`)).toEqual({ path: text.slice(3), ...expected })
})

test.each([
  [`0::/system.slice/docker-${ID}.scope`, SHORT],
  [`0::/docker/${ID}`, SHORT],
  [`0::/docker/${ID}/init.scope`, SHORT],
  [`0::/machine.slice/libpod-${ID}.scope/container`, SHORT],
  [`0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope`, SHORT],
  [`0::/machine.slice/libpod-conmon-${ID}.scope`, undefined],
  [`0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1.slice/cri-containerd-${ID}.scope`, SHORT],
  [`0::/kubepods.slice/kubepods-pod2.slice/crio-${ID}.scope`, SHORT],
  [`0::/kubepods/burstable/pod6a3d/${ID}`, SHORT],
  [`0::/system.slice/containerd.service/kubepods-burstable-pod6a.slice:cri-containerd:${ID}`, SHORT],
  [`0::/k8s.io/${ID}`, SHORT],
  ['0::/lxc.payload.web/system.slice/cron.service', 'web'],
  ['0::/lxc/db/init.scope', 'db'],
  ['0::/lxc.monitor.web', undefined],
  ['0::/machine.slice/systemd-nspawn@build\\x2d1.service/payload', 'build-1'],
  ['0::/system.slice/nginx.service', undefined],
  [`0::/system.slice/${ID.slice(1)}`, undefined],
])('container of %s', (text, container) => {
  expect(parseCgroup(text)?.container).toBe(container)
})

test('v1: the unit is that of systemd, the container that of any hierarchy', () => {
  const text = `12:memory:/docker/${ID}\n11:cpu,cpuacct:/docker/${ID}\n1:name=systemd:/system.slice/docker.service\n`
  expect(parseCgroup(text)).toEqual({
    path: '/system.slice/docker.service',
    unit: 'docker.service',
    container: SHORT,
  })
})

test('hybrid: systemd keeps its own hierarchy, and the unified one may be empty', () => {
  const text = '3:cpu,cpuacct:/\n1:name=systemd:/system.slice/ssh.service\n0::/\n'
  expect(parseCgroup(text)).toEqual({ path: '/system.slice/ssh.service', unit: 'ssh.service' })
  const both = '1:name=systemd:/user.slice/session-1.scope\n0::/user.slice/session-1.scope\n'
  expect(parseCgroup(both)).toEqual({ path: '/user.slice/session-1.scope', unit: 'session-1.scope' })
})

test('without systemd the first path that is not the root counts, colons and all', () => {
  expect(parseCgroup('9:name=systemd:/\n4:memory:/jobs/a:b\n0::/\n')).toEqual({ path: '/jobs/a:b' })
})

test('what has no lines is not known', () => {
  expect(parseCgroup('')).toBeUndefined()
  expect(parseCgroup('nonsense\n1:cpu\n')).toBeUndefined()
})

test.runIf(process.platform === 'linux')('reads that of this very process', () => {
  const text = readFileSync('/proc/self/cgroup', 'utf8')
  expect(text).toContain(parseCgroup(text)?.path)
})
