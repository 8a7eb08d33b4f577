import type { Path } from '../position.ts'
import type { Problem } from '../problem.ts'
import type { AlertKeys } from '../sections/alerts.ts'

/** What stands in one rule. */
export interface Said {
  /** The keys in which nothing is wrong by themselves. */
  readonly keys: Partial<AlertKeys>
  /** All the keys that a rule can have and that stand there, whether what they say is right or not. */
  readonly has: ReadonlySet<string>
  /** There are keys that no rule has: what seems to be missing may be one of them, misspelt. */
  readonly strange: boolean
}

/** Where what is wrong with one rule is collected. */
export interface Told {
  /** `path` begins at the rule. */
  tell(path: Path, text: string): void
  readonly problems: readonly Problem[]
}

export function collect(at: Path): Told {
  const problems: Problem[] = []
  return { problems, tell: (path, text) => void problems.push({ path: [...at, ...path], text }) }
}
