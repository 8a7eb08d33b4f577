import { CHECK_VERDICT, type CheckStatus } from './check.ts'
import { type Verdict, worst } from './severity.ts'

/** The verdict on some checks, which is the exit code of `check` too: that of the worst state among them; `ok` when there is none. */
export function checksVerdict(checks: readonly Pick<CheckStatus, 'state'>[]): Verdict {
  return worst(checks.map(({ state }) => CHECK_VERDICT[state]))
}
