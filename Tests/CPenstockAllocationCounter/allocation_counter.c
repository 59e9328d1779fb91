#define _GNU_SOURCE
#include "allocation_counter.h"

#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The executable's own definitions of malloc and its kin take the place of the C library's, for
// everything that is linked dynamically too.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED

bool allocation_counter_works(void) { return false; }
void allocation_counter_begin(void) {}
long allocation_counter_end(void) { return 0; }
long allocation_counter_count(void) { return 0; }

#else

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);

static _Atomic bool counting;
static pthread_t counted_thread;
static _Atomic long count;

// Where the code of libcurl and librdkafka lies.
static struct { uintptr_t start, end; } others[2];

static int find_library(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size; (void)context;
    int place = strstr(info->dlpi_name, "libcurl") ? 0 : strstr(info->dlpi_name, "librdkafka") ? 1 : -1;
    if (place < 0) return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type != PT_LOAD || !(info->dlpi_phdr[i].p_flags & PF_X)) continue;
        others[place].start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        others[place].end = others[place].start + info->dlpi_phdr[i].p_memsz;
    }
    return 0;
}

static inline void note(void *caller) {
    if (!atomic_load_explicit(&counting, memory_order_acquire)) return;
    if (!pthread_equal(pthread_self(), counted_thread)) return;
    uintptr_t address = (uintptr_t)caller;
    for (int i = 0; i < 2; i++)
        if (address >= others[i].start && address < others[i].end) return;
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
}

void *malloc(size_t size) {
    note(__builtin_return_address(0));
    return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
    note(__builtin_return_address(0));
    return __libc_calloc(items, size);
}

void *realloc(void *memory, size_t size) {
    note(__builtin_return_address(0));
    return __libc_realloc(memory, size);
}

void free(void *memory) { __libc_free(memory); }

// libcurl copies the parts of each address with it; left to the C library it would be the caller.
char *strdup(const char *text) {
    note(__builtin_return_address(0));
    size_t size = strlen(text) + 1;
    char *copy = __libc_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

bool allocation_counter_works(void) { return true; }

void allocation_counter_begin(void) {
    dl_iterate_phdr(find_library, NULL);
    counted_thread = pthread_self();
    atomic_store(&count, 0);
    atomic_store_explicit(&counting, true, memory_order_release);
}

long allocation_counter_end(void) {
    atomic_store(&counting, false);
    return atomic_load(&count);
}

long allocation_counter_count(void) { return atomic_load(&count); }

#endif
