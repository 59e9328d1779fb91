#define _GNU_SOURCE
#include "thread_sanitizer.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

// The thread sanitizer sees the fast path of Swift's Mutex, which is compiled into its users, but
// not the path taken when two threads meet: that one lies in the toolchain's library, which is not
// instrumented. Without help it reports a race at every contended lock. Here the executable's own
// definitions take the place of the library's two functions, call them, and tell the sanitizer
// what they did. Without the sanitizer this file is empty.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

// librdkafka starts its threads by C11's functions, which the sanitizer does not know; it crashes
// where its own code, such as an intercepted function, runs on such a thread.

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

extern void __tsan_acquire(void *address);
extern void __tsan_release(void *address);

#define NEXT(type, name)                                                                           \
    static _Atomic(type) next;                                                                     \
    type real = next;                                                                              \
    if (!real) next = real = (type)dlsym(RTLD_NEXT, name)

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef SWIFT void (*lock_function)(uint32_t thread, SELF);
typedef SWIFT void (*unlock_function)(SELF);

SWIFT void penstock_lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void penstock_unlock_slow(SELF) __asm__(UNLOCK);

SWIFT void penstock_lock_slow(uint32_t thread, SELF) {
    NEXT(lock_function, LOCK);
    real(thread, self);
    __tsan_acquire(self);
}

SWIFT void penstock_unlock_slow(SELF) {
    NEXT(unlock_function, UNLOCK);
    __tsan_release(self);
    real(self);
}

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

#endif
#endif
