const EVERY_MS = 10_000
const HOUR_MS = 3_600_000
const LEAST_MS = 300_000

/** How fast a gauge grows: the slope of the least-squares line through its last hour. Times are monotonic. */
export class Growth {
  private times: number[] = []
  private values: number[] = []

  /** Takes a value; of ten seconds one is kept. */
  add(monoMs: number, value: number): void {
    const last = this.times.at(-1)
    if (last !== undefined && monoMs - last < EVERY_MS) return
    this.times.push(monoMs)
    this.values.push(value)
    const old = this.times.findIndex((time) => monoMs - time <= HOUR_MS)
    this.times.splice(0, old)
    this.values.splice(0, old)
  }

  /** Another run begins. */
  restart(): void {
    this.times = []
    this.values = []
  }

  /** Rise in an hour; undefined until five minutes are known. */
  get perHour(): number | undefined {
    const { times, values } = this
    const count = times.length
    const first = times[0]
    if (first === undefined || (times[count - 1] as number) - first < LEAST_MS) return undefined
    const meanTime = times.reduce((sum, time) => sum + time - first, 0) / count
    const meanValue = values.reduce((sum, value) => sum + value, 0) / count
    let products = 0
    let squares = 0
    for (let index = 0; index < count; index++) {
      const distance = (times[index] as number) - first - meanTime
      products += distance * ((values[index] as number) - meanValue)
      squares += distance * distance
    }
    return (products / squares) * HOUR_MS
  }
}
