#define _GNU_SOURCE
#include "slow_resolver.h"

#include <dlfcn.h>
#include <netdb.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

// An executable's own definition takes the place of the C library's for everything in the process,
// libcurl included: a resolver of loopback names, some of them slow, without a network or a
// privilege.

static atomic_int lookups;

int penstock_slow_lookups(void) { return atomic_load(&lookups); }

static int ends_in(const char *node, const char *suffix) {
    size_t length = node ? strlen(node) : 0, end = strlen(suffix);
    return length > end && !strcmp(node + length - end, suffix);
}

int getaddrinfo(
    const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    static _Atomic(void *) next;
    void *real = atomic_load(&next);
    if (!real) atomic_store(&next, real = dlsym(RTLD_NEXT, "getaddrinfo"));
    int is_slow = ends_in(node, ".slow.test");
    if (is_slow) {
        atomic_fetch_add(&lookups, 1);
        sleep(8);
    }
    if (is_slow || ends_in(node, ".quick.test")) node = "127.0.0.1";
    return ((int (*)(const char *, const char *, const struct addrinfo *, struct addrinfo **))real)(
        node, service, hints, result);
}
