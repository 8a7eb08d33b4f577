/** Runs synchronous work in which errors are caught and common (processes end while they are read): capturing a stack costs half of what throwing does. */
export function withoutStacks<T>(work: () => T): T {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return work()
  } finally {
    Error.stackTraceLimit = limit
  }
}
