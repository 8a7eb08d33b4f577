import { expect, test } from 'vitest'
import { parseCpuModel, parseOsRelease, readFacts } from '../../../src/probes/linux/facts.ts'
import { filesOf } from './recorder.ts'

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\n', 'Debian 12'],
  ['NAME="Ubuntu"\nVERSION_ID="24.04"\n', 'Ubuntu 24.04'],
  ['NAME="Arch Linux"\nPRETTY_NAME="Arch Linux"\n', 'Arch Linux'],
  ["NAME='Alpine Linux'\nVERSION_ID=3.20.1\n", 'Alpine Linux 3.20.1'],
  ['PRETTY_NAME="Old\\"Box\u001b[2J"\n', 'Old"Box[2J'],
  ['ID=x\n', undefined],
])('os-release %j', (text, expected) => {
  expect(parseOsRelease(text)).toBe(expected)
})

test.each([
  [
    'processor\t: 0\ncpu family\t: 6\nmodel name\t: Intel(R) Xeon(R) CPU   E5-2680 v4 @ 2.40GHz\n',
    'Intel Xeon CPU E5-2680 v4 @ 2.40GHz',
  ],
  ['processor\t: 0\ncpu\t\t: POWER9, altivec supported\n', 'POWER9, altivec supported'],
  ['processor\t: 0\nBogoMIPS\t: 50.00\nCPU part\t: 0xd0c\n', undefined],
])('cpuinfo %j', (text, expected) => {
  expect(parseCpuModel(text)).toBe(expected)
})

test('the facts of a recorded machine', () => {
  const files = filesOf({
    'proc/sys/kernel/hostname': 'web-03\n',
    'proc/sys/kernel/ostype': 'Linux\n',
    'proc/sys/kernel/osrelease': '6.1.0-37-amd64\n',
    'usr/lib/os-release': 'NAME=Fedora\nVERSION_ID=41\n',
    'proc/cpuinfo': 'model name : AMD EPYC\n',
    'proc/stat': 'cpu  1 2 3\ncpu0 1 2 3\ncpu7 1 2 3\nintr 1 2\nbtime 1700000000\n',
    'proc/1/environ': 'PATH=/bin\0container=lxc\0',
  })
  expect(readFacts(files)).toEqual({
    name: 'web-03',
    os: 'Fedora 41',
    kernel: 'Linux 6.1.0-37-amd64',
    cpuModel: 'AMD EPYC',
    cores: 2,
    bootMs: 1_700_000_000_000,
    container: 'lxc',
    ticksPerSecond: 100,
  })
})

test('what no file tells is absent', () => {
  expect(readFacts(filesOf({}))).toEqual({ name: 'localhost', ticksPerSecond: 100 })
})

test.each([
  [{ 'run/systemd/container': 'systemd-nspawn\n', '.dockerenv': '' }, 'systemd-nspawn'],
  [{ '.dockerenv': '' }, 'docker'],
  [{ 'run/.containerenv': '' }, 'podman'],
  [{ 'proc/1/environ': 'HOME=/\0KUBERNETES_SERVICE_HOST=10.0.0.1\0' }, 'kubernetes'],
  [{ 'var/run/secrets/kubernetes.io/serviceaccount/namespace': 'default' }, 'kubernetes'],
  [{ 'proc/1/environ': 'HOME=/\0' }, undefined],
])('container by %j', (content, expected) => {
  expect(readFacts(filesOf(content)).container).toBe(expected)
})
