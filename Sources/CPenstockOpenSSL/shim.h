#pragma once

#include <openssl/evp.h>

// The C library declares these only under _GNU_SOURCE, which a module cannot ask for.
#include <spawn.h>
extern int pipe2(int descriptors[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#define PENSTOCK_SPAWN_SETSID 0x80
