#define _GNU_SOURCE
#include "thread_sanitizer.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

// What the thread sanitizer has to be told. It watches the code that was compiled with it and the
// functions of the C library that it knows; an order that threads keep by anything else it misses,
// and reports a race that is none. Linked into an executable, the definitions below take the place
// of a library's own, call those, and tell the sanitizer what they did, never more: what these
// functions do not order is reported as before, and ThreadSanitizerTests sees to it. Nothing has
// to be preloaded or set; `swift test --sanitize thread` is enough. Without the sanitizer this file
// has one function that says so.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define IS_ON 1
#endif
#endif

#ifndef IS_ON

bool penstock_thread_sanitizer_is_on(void) { return false; }

#else

bool penstock_thread_sanitizer_is_on(void) { return true; }

extern void __tsan_acquire(void *address);
extern void __tsan_release(void *address);

// The definition that this file's own one took the place of.
#define NEXT(type, name)                                                                           \
    static _Atomic(type) next;                                                                     \
    type real = next;                                                                              \
    if (!real) next = real = (type)dlsym(RTLD_NEXT, name)

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

// Swift's Mutex. Its quick path is an atomic operation that is compiled into its users, where it
// is seen. When two threads meet they call into the toolchain's library, which is built without
// the sanitizer. Without these every contended lock is followed by reports.

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef SWIFT void (*lock_function)(uint32_t thread, SELF);
typedef SWIFT bool (*try_lock_function)(SELF);
typedef SWIFT void (*unlock_function)(SELF);

SWIFT void penstock_lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool penstock_try_lock_slow(SELF) __asm__(TRY_LOCK);
SWIFT void penstock_unlock_slow(SELF) __asm__(UNLOCK);

SWIFT void penstock_lock_slow(uint32_t thread, SELF) {
    NEXT(lock_function, LOCK);
    real(thread, self);
    __tsan_acquire(self);
}

SWIFT bool penstock_try_lock_slow(SELF) {
    NEXT(try_lock_function, TRY_LOCK);
    bool locked = real(self);
    if (locked) __tsan_acquire(self);
    return locked;
}

SWIFT void penstock_unlock_slow(SELF) {
    NEXT(unlock_function, UNLOCK);
    __tsan_release(self);
    real(self);
}

// Continuations. The concurrency runtime tells the sanitizer when a job is enqueued and run, but
// not when a task finds its continuation resumed before it came to wait: it then goes on at once,
// without having been enqueued. What was done before resuming is to be seen after waiting.

extern void *swift_task_getCurrent(void);
typedef SWIFT void (*resume_function)(void *task);
typedef SWIFT void (*resume_error_function)(void *task, void *error);
typedef __attribute__((swiftasynccall)) void (*await_function)(void *context);

SWIFT void swift_continuation_resume(void *task) {
    NEXT(resume_function, "swift_continuation_resume");
    __tsan_release(task);
    real(task);
}

SWIFT void swift_continuation_throwingResume(void *task) {
    NEXT(resume_function, "swift_continuation_throwingResume");
    __tsan_release(task);
    real(task);
}

SWIFT void swift_continuation_throwingResumeWithError(void *task, void *error) {
    NEXT(resume_error_function, "swift_continuation_throwingResumeWithError");
    __tsan_release(task);
    real(task, error);
}

__attribute__((swiftasynccall, no_sanitize("thread"))) void swift_continuation_await(
    void *context) {
    NEXT(await_function, "swift_continuation_await");
    __tsan_acquire(swift_task_getCurrent());
    __attribute__((musttail)) return real(context);
}

// Threads of C11, which librdkafka starts. The sanitizer knows those of POSIX only, and ends the
// process where a function compiled with it, such as a callback, runs on another. In glibc the
// two are the same but for the type of their result.

struct start {
    thrd_start_t body;
    void *argument;
};

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    return (void *)(intptr_t)start.body(start.argument);
}

int thrd_create(thrd_t *thread, thrd_start_t body, void *argument) {
    struct start *start = malloc(sizeof *start);
    if (!start) return thrd_nomem;
    *start = (struct start){body, argument};
    if (pthread_create((pthread_t *)thread, NULL, run, start) == 0) return thrd_success;
    free(start);
    return thrd_error;
}

int thrd_join(thrd_t thread, int *result) {
    void *value = NULL;
    if (pthread_join((pthread_t)thread, &value) != 0) return thrd_error;
    if (result) *result = (int)(intptr_t)value;
    return thrd_success;
}

// The one empty array of the process. An array that is made with room for no elements writes the
// count 0 over its count 0.

const char *__tsan_default_suppressions(void) { return "race:^_swiftEmptyArrayStorage$\n"; }

// A race is reported only while the place of the earlier access is still in its thread's history,
// which by default a thread that takes a lock a few hundred times has overwritten. TSAN_OPTIONS
// still has the last word.

const char *__tsan_default_options(void) { return "history_size=7"; }

#endif
