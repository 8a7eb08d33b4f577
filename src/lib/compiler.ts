import { setFlagsFromString } from 'node:v8'

/**
 * Bytes of bytecode after which V8 looks whether a function is worth its optimizing compiler: eight times its own 66 KB, which are meant
 * for programs that are always busy. What runs once a second gets there all the same, one function after the other for an hour, and
 * compiling it takes more than it will ever save; what is really hot (thousands of processes) still gets there within seconds.
 */
export const SPARING = '--interrupt-budget=540672'

/** For a program that does a little once a second, in all of its threads from now on. */
export function compileSparingly(): void {
  setFlagsFromString(SPARING)
}
