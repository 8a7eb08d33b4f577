import { setFlagsFromString } from 'node:v8'

/**
 * Bytes of bytecode after which V8 looks whether a function is worth its optimizing compiler: eight times its own 66 KB, which are meant
 * for programs that are always busy. What runs once a second gets there all the same, one function after the other for an hour, and
 * compiling it takes more than it will ever save; what is really hot (thousands of processes) still gets there within seconds.
 */
const INTERRUPT_BUDGET = 540_672

/**
 * The same for WebAssembly, which is undici's parser of HTTP/1.1: one function of 33 KB. With V8's own 1.8 MB (Node 20) the first answer
 * had it compiled anew, in 90 ms and 42 MB on another thread, which a process that ends has to wait for: `check` of one URL took 235 ms,
 * and 177 ms without that. Some 350 answers get there now.
 */
const WASM_TIERING_BUDGET = 2_000_000_000

/**
 * Of what was made since the last collection a hundred kilobytes live, and each thread that V8 wakes to help with so little takes longer to
 * wake up than to help.
 */
const COLLECTING_ALONE = ['--no-parallel-scavenge', '--no-concurrent-array-buffer-sweeping']

export const SPARING: readonly string[] = [
  `--interrupt-budget=${INTERRUPT_BUDGET}`,
  `--wasm-tiering-budget=${WASM_TIERING_BUDGET}`,
  ...COLLECTING_ALONE,
]

/** For a program that does a little once a second, or once and no more; in all of its threads from now on. */
export function compileSparingly(): void {
  for (const flag of SPARING) setFlagsFromString(flag)
}
