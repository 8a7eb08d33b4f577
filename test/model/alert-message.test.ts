import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillMessage, MESSAGE_PLACEHOLDERS, templateProblem } from '../../src/model/alert-message.ts'

test('placeholders are filled in, double braces stand for one', () => {
  expect(fillMessage('{subject} at { value } for {labels.team}', (name) => `<${name}>`)).toBe(
    '<subject> at <value> for <labels.team>',
  )
  expect(fillMessage('{{"at": "{since}"}}', () => '14:09')).toBe('{"at": "14:09"}')
})

test('what is filled in is not read again', () => {
  expect(fillMessage('{text}', () => '{value} }}')).toBe('{value} }}')
})

test('every placeholder there is, is none that is wrong', () => {
  expect(templateProblem(MESSAGE_PLACEHOLDERS.map((name) => `{${name}}`).join(' '))).toBeUndefined()
  expect(templateProblem('{labels.team} {{as it is}} plain')).toBeUndefined()
  expect(templateProblem('')).toBeUndefined()
})

test('a mistake is told with what was meant', () => {
  expect(templateProblem('{subjct} is full')).toBe('there is no {subjct}; did you mean {subject}?')
  expect(templateProblem('of {label.team}')).toBe('there is no {label.team}; did you mean {labels.NAME}?')
  expect(templateProblem('{labels.}')).toBe('there is no {labels.}; did you mean {labels.NAME}?')
  expect(templateProblem('{whatever}')).toMatch(
    /^there is no \{whatever\}; there is \{subject\}, .* and \{labels\.NAME\}$/,
  )
  expect(templateProblem('{value} and {')).toBe('"{" alone stands for nothing; "{{" is a brace')
  expect(templateProblem('100 % }')).toBe('"}" alone stands for nothing; "}}" is a brace')
})

test('any text is filled without an error, and what has no braces stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const filled = fillMessage(text, () => 'X')
      if (!/[{}]/.test(text)) expect(filled).toBe(text)
      expect(fillMessage(text.replaceAll('{', '{{').replaceAll('}', '}}'), () => 'X')).toBe(text)
    }),
  )
})
