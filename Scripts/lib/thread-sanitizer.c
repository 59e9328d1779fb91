// The slow paths of Swift's Mutex, made visible to the thread sanitizer.
//
// An uncontended Mutex locks with an atomic operation that is compiled into its caller, where the
// sanitizer sees it. A contended one calls into the toolchain's Synchronization library, which is
// built without the sanitizer, so that it misses the lock and reports races that are none.
// Scripts/test preloads this library: it tells the sanitizer of these calls and nothing else.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *mutex

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool try_lock(SELF) __asm__(TRY_LOCK);
SWIFT void unlock(SELF) __asm__(UNLOCK);

static __typeof__(lock) *real_lock;
static __typeof__(try_lock) *real_try_lock;
static __typeof__(unlock) *real_unlock;
static void (*acquired)(void *);
static void (*released)(void *);

// A preloaded library's constructor runs before anything takes a lock.
__attribute__((constructor)) static void look_up(void) {
    real_lock = dlsym(RTLD_NEXT, LOCK);
    real_try_lock = dlsym(RTLD_NEXT, TRY_LOCK);
    real_unlock = dlsym(RTLD_NEXT, UNLOCK);
    acquired = dlsym(RTLD_DEFAULT, "__tsan_acquire");
    released = dlsym(RTLD_DEFAULT, "__tsan_release");
}

SWIFT void lock(uint32_t thread, SELF) {
    real_lock(thread, mutex);
    if (acquired) acquired(mutex);
}

SWIFT bool try_lock(SELF) {
    bool locked = real_try_lock(mutex);
    if (locked && acquired) acquired(mutex);
    return locked;
}

SWIFT void unlock(SELF) {
    if (released) released(mutex);
    real_unlock(mutex);
}
