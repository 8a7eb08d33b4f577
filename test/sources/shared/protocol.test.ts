import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchLine, fromJson, lineOf, readLine, toJson } from '../../../src/sources/shared/protocol.ts'
import { answerOf, batchOf, sampleOf } from './live.ts'

test('what JSON has no word for comes back as it was', () => {
  const value = { a: Number.NaN, b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], c: { d: 0.1, e: null } }
  expect(fromJson(toJson(value))).toEqual(value)
})

test('texts that look like such a number come back as texts', () => {
  const texts = ['NaN', '\0NaN', '\0\0NaN', '\\u0000NaN', '\0', 'a\0NaN']
  expect(fromJson(toJson(texts))).toEqual(texts)
})

test('every value comes back as it was', () => {
  const value = fc.anything({
    withNullPrototype: false,
    maxDepth: 4,
    values: [fc.double({ noDefaultInfinity: false }), fc.string(), fc.boolean()],
  })
  fc.assert(
    fc.property(value, (one) => {
      // JSON knows no −0 and leaves out what is undefined, in all forms.
      fc.pre(!toJson([one]).includes('__proto__') && !hasMinusZero(one))
      expect(fromJson(toJson([one]))).toEqual([one])
    }),
  )
})

function hasMinusZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasMinusZero)
  return Object.is(value, -0)
}

test('a batch whose common part was written before is the same line', () => {
  const batch = batchOf({ samples: [sampleOf('load', { load_1m: Number.NaN })] })
  const own = { client: 3, processes: answerOf(1) }
  expect(batchLine(toJson(batch), own)).toBe(lineOf({ kind: 'batch', batch, own }))
  expect(batchLine(toJson(batch), undefined)).toBe(lineOf({ kind: 'batch', batch }))
  expect(readLine(batchLine(toJson(batch), own))).toEqual({ ok: true, message: { kind: 'batch', batch, own } })
})

test.each([['[]'], ['null'], ['3'], ['"v"'], ['{}'], ['{"v":1}'], ['{"v":1,"kind":3}'], ['{"v":"1","kind":"alive"}']])(
  '%s is no message',
  (line) => {
    expect(readLine(line)).toMatchObject({ ok: false })
  },
)
