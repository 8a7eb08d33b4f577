import { expect, test } from 'vitest'
import { ChildTraffic } from '../../../../src/probes/linux/processes/child-traffic.ts'
import { NO_BYTES } from '../../../../src/probes/linux/processes/io-file.ts'

const MB = 1e6
const written = (bytes: number) => ({ read: 0, written: bytes })
/** A reading two seconds after the one before, of a parent with so many bytes of children. */
const reading = (bytes: number, childFaults: number, countedBefore: number | 'unknown' = 0) => ({
  bytes: written(bytes),
  childFaults,
  countedBefore: countedBefore === 'unknown' ? undefined : written(countedBefore),
  seconds: 2,
})

test('a loop of children writes what they wrote, once two readings say so', () => {
  const children = new ChildTraffic(reading(100 * MB, 50))
  children.take(reading(120 * MB, 60))
  expect(children.perSecond).toBeUndefined()
  children.take(reading(160 * MB, 70))
  expect(children.perSecond).toEqual(written(10 * MB))
  children.take(reading(200 * MB, 80))
  expect(children.perSecond).toEqual(written(20 * MB))
})

test('what a child had counted before is not written now', () => {
  const children = new ChildTraffic(reading(0, 1))
  children.take(reading(4 * MB, 2))
  children.take(reading(1008 * MB, 3, 1000 * MB))
  expect(children.perSecond).toEqual(written(2 * MB))
})

test('an end that is seen too late is believed of nobody', () => {
  const children = new ChildTraffic(reading(0, 1))
  children.take(reading(4000 * MB, 2))
  expect(children.perSecond).toBeUndefined()
  children.take(reading(4004 * MB, 3, 4000 * MB))
  expect(children.perSecond).toEqual(NO_BYTES)
})

test('where one of them is not known, or readings are missing, nothing is said', () => {
  const children = new ChildTraffic(reading(0, 1))
  children.take(reading(4 * MB, 2))
  children.take(reading(8 * MB, 3, 'unknown'))
  expect(children.perSecond).toBeUndefined()
  children.take(reading(12 * MB, 4))
  children.take({ ...reading(16 * MB, 5), seconds: undefined })
  expect(children.perSecond).toBeUndefined()
})

test('without an end nobody writes', () => {
  const children = new ChildTraffic(reading(0, 1))
  children.take(reading(4 * MB, 2))
  children.take(reading(8 * MB, 3))
  children.rest()
  expect(children.perSecond).toBeUndefined()
  expect(children.countedAt(3)).toEqual(written(8 * MB))
  expect(children.countedAt(2)).toBeUndefined()
})
