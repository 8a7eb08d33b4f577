import { expect, test } from 'vitest'
import { answerHttp2Once, warmHttp2 } from '../../../../src/checks/http/h2/warm.ts'
import { leavingNothing } from '../../servers/loopback.ts'

test('what warms HTTP/2 is an answer that leaves nothing, once', async () => {
  const answer = await leavingNothing(answerHttp2Once)
  expect(answer).toMatchObject({ status: 200, headers: [['content-length', '2']] })
  expect(answer.body.toString()).toBe('ok')
  expect(warmHttp2()).toBe(warmHttp2())
  await warmHttp2()
})
