/** What was allowed and what of it was left, in seconds of processor time since somebody looked first. */
export interface QuotaShare {
  readonly allowedSeconds: number
  readonly idleSeconds: number
}

/**
 * Turns a quota into counters: the time that it allowed, and how much of that was idle. Neither ever falls. A cgroup may use a little more
 * than its share of a moment (what it left of a period, a quota that was just made smaller); that is taken from later idle time.
 */
export class QuotaTime {
  #allowed = 0
  #idle = 0
  /** Used beyond what was allowed so far, in seconds. */
  #owed = 0
  #before: { readonly uptime: number; readonly used: number } | undefined

  /** `uptime` is any steady clock in seconds, `cores` the quota that held since the last call, `used` the cgroup's counter. */
  advance(uptime: number, cores: number, used: number): QuotaShare {
    const before = this.#before
    this.#before = { uptime, used }
    if (before !== undefined && uptime >= before.uptime && used >= before.used) {
      const allowed = (uptime - before.uptime) * cores
      this.#allowed += allowed
      const left = allowed - (used - before.used) - this.#owed
      this.#idle += Math.max(0, left)
      // More than a second's worth is no rounding: the quota changed meanwhile.
      this.#owed = Math.min(cores, Math.max(0, -left))
    }
    return { allowedSeconds: this.#allowed, idleSeconds: this.#idle }
  }
}
