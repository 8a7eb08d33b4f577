import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DueQueue } from '../../../src/checks/schedule/queue.ts'

test('what is due next comes first, and nothing before its time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 60 }), (times, now) => {
      const queue = new DueQueue<number>()
      for (const time of times) queue.add(time, time)
      const taken: number[] = []
      for (let item = queue.take(now); item !== undefined; item = queue.take(now)) taken.push(item)
      const sorted = times.toSorted((a, b) => a - b)
      expect(taken).toEqual(sorted.filter((time) => time <= now))
      expect(queue.nextMono).toBe(sorted.find((time) => time > now))
    }),
  )
})
