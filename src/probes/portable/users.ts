import type { SlowProbe } from '../probe.ts'

/** Sessions of people who are logged in. Source: who(1), a line each; the library would start four programs to count them. */
export const users: SlowProbe = {
  name: 'users',
  everyMs: 30_000,
  deadlineMs: 5000,
  series: ['users_count'],
  asksMachine: true,
  measure: async ({ run }, out) => {
    const text = await run('who', [])
    if (text !== undefined) out.gauge('users_count', text.split('\n').filter((line) => line.trim() !== '').length)
  },
}
