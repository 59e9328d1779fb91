#define _GNU_SOURCE
#include "slow_resolver.h"

#include <dlfcn.h>
#include <netdb.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

// An executable's own definition takes the place of the C library's for everything in the process,
// libcurl included: a resolver that is slow for some names, without a network or a privilege.

static atomic_int lookups;

int penstock_slow_lookups(void) { return atomic_load(&lookups); }

static int is_slow(const char *node) {
    static const char suffix[] = ".slow.test";
    size_t length = node ? strlen(node) : 0;
    return length >= sizeof suffix && !strcmp(node + length - (sizeof suffix - 1), suffix);
}

int getaddrinfo(
    const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    static _Atomic(void *) next;
    void *real = atomic_load(&next);
    if (!real) atomic_store(&next, real = dlsym(RTLD_NEXT, "getaddrinfo"));
    if (is_slow(node)) {
        atomic_fetch_add(&lookups, 1);
        sleep(8);
        node = "127.0.0.1";
    }
    return ((int (*)(const char *, const char *, const struct addrinfo *, struct addrinfo **))real)(
        node, service, hints, result);
}
