import { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { answerLine } from '../../../src/commands/forecast/lines.ts'
import { answerLines } from '../../../src/commands/forecast/stdin.ts'

const values = Array.from({ length: 60 }, (_, index) => 50 + (index % 7))
const asked = { id: 'a', freq_s: 60, period: 1, horizon: 4, levels: [80, 95], values }

const problem = (over: object) => {
  const answered = answerLine(JSON.stringify({ ...asked, ...over }))
  return 'problem' in answered ? answered.problem : `answered ${JSON.stringify(answered.answer)}`
}

interface Answer {
  readonly id: string | number
  readonly mean: number[]
  readonly lo80: number[]
  readonly hi80: number[]
  readonly lo95: number[]
  readonly hi95: number[]
}

function answerOf(over: object): Answer {
  const answered = answerLine(JSON.stringify({ ...asked, ...over }))
  if ('problem' in answered) throw new Error(answered.problem)
  return answered.answer as Answer
}

test('a line is answered with as many steps as it asks for, in ordered bands', () => {
  const { id, mean, lo80, hi80, lo95, hi95 } = answerOf({})
  expect(id).toBe('a')
  for (const list of [mean, lo80, hi80, lo95, hi95]) {
    expect(list).toHaveLength(4)
    expect(list.every(Number.isFinite)).toBe(true)
  }
  for (const [step, middle] of mean.entries()) {
    const order = [lo95[step], lo80[step], middle, hi80[step], hi95[step]] as number[]
    expect(order).toEqual([...order].sort((a, b) => a - b))
  }
})

test('period and levels may be left out, an id may be a number, null is a gap', () => {
  expect(answerOf({ id: 7, period: null, levels: undefined }).id).toBe(7)
  expect(answerOf({ values: [...values.slice(0, 30), null, ...values.slice(31)] }).mean).toHaveLength(4)
})

test('too few values are answered, and say so', () => {
  const few = [...values.slice(0, 12), null, null]
  expect(answerLine(JSON.stringify({ ...asked, values: few }))).toEqual({
    answer: { id: 'a', error: 'too few samples: 12 of 30' },
  })
})

test('a mistake says what was expected where', () => {
  expect(problem({ id: null })).toBe('id: expected a text, got nothing')
  expect(problem({ freq_s: 0 })).toBe('freq_s: expected seconds above 0, got "0"')
  expect(problem({ period: 1.5 })).toBe('period: expected a number of steps, got "1.5"')
  expect(problem({ horizon: 0 })).toBe('horizon: expected 1 to 100000 steps, got "0"')
  expect(problem({ horizon: 1e9 })).toMatch(/^horizon: expected 1 to 100000 steps/)
  expect(problem({ levels: [80, 90] })).toBe('levels: expected 80 and 95, got "90"')
  expect(problem({ levels: '95' })).toBe('levels: expected 80 and 95, got "95"')
  expect(problem({ values: 'many' })).toBe('values: expected a list, got "many"')
  expect(problem({ values: [...values, 'abc'] })).toBe('values[60]: expected a number or null, got "abc"')
  for (const line of ['{', '[]', 'null', '12'])
    expect(answerLine(line)).toEqual({ problem: `expected a JSON object, got "${line}"` })
})

async function answers(text: string) {
  const [out, complaints] = [collector(), collector()]
  const code = await answerLines(Readable.from([Buffer.from(text)]), out.stream, complaints.stream)
  return { code, out: out.text(), complaints: complaints.text() }
}

function collector() {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk)
      done()
    },
  })
  return { stream, text: () => text }
}

test('a bad line is named, the others are answered, and the code says so', async () => {
  const line = (id: string) => JSON.stringify({ ...asked, id })
  const { code, out, complaints } = await answers(`${line('a')}\n\nno json\n${line('b')}`)
  expect(code).toBe(3)
  expect(complaints).toBe('healthtop: line 3: expected a JSON object, got "no json"\n')
  const ids = out
    .trimEnd()
    .split('\n')
    .map((answer) => JSON.parse(answer).id)
  expect(ids).toEqual(['a', 'b'])
})

test('nothing asked is nothing answered', async () => {
  expect(await answers('')).toEqual({ code: 0, out: '', complaints: '' })
})
