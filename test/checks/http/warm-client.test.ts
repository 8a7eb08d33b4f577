import { expect, test } from 'vitest'
import { answerOnce, warmClient } from '../../../src/checks/http/warm-client.ts'
import { leavingNothing } from '../servers/loopback.ts'

test('the client is loaded once, and leaves nothing of the answer that warmed it', async () => {
  const client = await leavingNothing(warmClient)
  expect(await warmClient()).toBe(client)
  expect((await answerOnce(client)).body.toString()).toBe('ok')
})
