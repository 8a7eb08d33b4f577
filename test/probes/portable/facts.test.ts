import { expect, test } from 'vitest'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { readFacts as readLinuxFacts } from '../../../src/probes/linux/facts.ts'
import { askSystem, readFacts, systemName } from '../../../src/probes/portable/facts.ts'

test('this machine is told as its files tell it', async () => {
  const files = new SystemFiles()
  const { bootMs, ...linux } = readLinuxFacts(files)
  files.close()
  const { bootMs: computedMs, ...facts } = readFacts(Date.now())
  expect(facts).toEqual({
    name: linux.name,
    kernel: linux.kernel,
    arch: linux.arch,
    cpuModel: linux.cpuModel,
    cores: linux.cores,
  })
  expect(Math.abs((computedMs as number) - (bootMs as number))).toBeLessThan(3000)
  expect(await askSystem()).toBe(linux.os)
})

test('a system has a name and a version, where they are known', () => {
  expect(systemName({ distro: 'macOS', release: '14.5' })).toBe('macOS 14.5')
  expect(systemName({ distro: 'Debian GNU/Linux', release: '12' })).toBe('Debian 12')
  expect(systemName({ distro: 'Microsoft Windows 11', release: '11' })).toBe('Microsoft Windows 11')
  expect(systemName({ distro: 'Arch', release: 'unknown' })).toBe('Arch')
  expect(systemName({ distro: 'unknown', release: '1' })).toBeUndefined()
})
