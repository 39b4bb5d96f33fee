// The names people know crashes by: NTSTATUS codes of Windows, signals of Linux, exceptions of Mach.
import type { MinidumpInfo } from './minidump.ts'

type Crash = NonNullable<MinidumpInfo['crash']>

/** `EXCEPTION_ACCESS_VIOLATION_READ`, `SIGSEGV`, `EXC_BAD_ACCESS` …; `Exception 0xdeadbeef` for a code that has no name. */
export function nameCrash(crash: Crash, os: string | null): string {
  const name = namesOf(os)[crash.code]
  if (name === undefined) return `Exception 0x${crash.code.toString(16).padStart(8, '0')}`
  const access = crash.access === null ? undefined : accesses[crash.access]
  return access === undefined ? name : `${name}_${access}`
}

function namesOf(os: string | null): Record<number, string> {
  if (os === 'Windows' || os === null) return windows
  return os === 'macOS' || os === 'iOS' ? mach : signals
}

const accesses: Record<number, string> = { 0: 'READ', 1: 'WRITE', 8: 'EXEC' }

const windows: Record<number, string> = {
  0x0517_a7ed: 'Simulated exception',
  0x8000_0001: 'EXCEPTION_GUARD_PAGE',
  0x8000_0002: 'EXCEPTION_DATATYPE_MISALIGNMENT',
  0x8000_0003: 'EXCEPTION_BREAKPOINT',
  0x8000_0004: 'EXCEPTION_SINGLE_STEP',
  0xc000_0005: 'EXCEPTION_ACCESS_VIOLATION',
  0xc000_0006: 'EXCEPTION_IN_PAGE_ERROR',
  0xc000_0008: 'EXCEPTION_INVALID_HANDLE',
  0xc000_001d: 'EXCEPTION_ILLEGAL_INSTRUCTION',
  0xc000_0025: 'EXCEPTION_NONCONTINUABLE_EXCEPTION',
  0xc000_008c: 'EXCEPTION_ARRAY_BOUNDS_EXCEEDED',
  0xc000_008e: 'EXCEPTION_FLT_DIVIDE_BY_ZERO',
  0xc000_0094: 'EXCEPTION_INT_DIVIDE_BY_ZERO',
  0xc000_0095: 'EXCEPTION_INT_OVERFLOW',
  0xc000_0096: 'EXCEPTION_PRIV_INSTRUCTION',
  0xc000_00fd: 'EXCEPTION_STACK_OVERFLOW',
  0xc000_0374: 'STATUS_HEAP_CORRUPTION',
  0xc000_0409: 'STATUS_STACK_BUFFER_OVERRUN',
  0xe000_0008: 'Out of memory',
  0xe043_4352: 'Unhandled .NET exception',
  0xe06d_7363: 'Unhandled C++ exception',
}

const signals: Record<number, string> = {
  3: 'SIGQUIT', 4: 'SIGILL', 5: 'SIGTRAP', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 11: 'SIGSEGV', 15: 'SIGTERM', 31: 'SIGSYS', 0xffff_ffff: 'Dump requested',
}

const mach: Record<number, string> = {
  1: 'EXC_BAD_ACCESS', 2: 'EXC_BAD_INSTRUCTION', 3: 'EXC_ARITHMETIC', 4: 'EXC_EMULATION', 5: 'EXC_SOFTWARE', 6: 'EXC_BREAKPOINT',
  10: 'EXC_CRASH', 11: 'EXC_RESOURCE', 12: 'EXC_GUARD', 0x4350_7378: 'Simulated exception',
}
